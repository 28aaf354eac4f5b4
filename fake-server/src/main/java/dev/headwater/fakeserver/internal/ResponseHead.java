package dev.headwater.fakeserver.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** Adds the date, and says what becomes of the connection where the client asked. Safe for use by many threads. */
final class ResponseHead implements HttpResponseInterceptor {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private final Clock clock;
    private volatile Written last;

    ResponseHead(Clock clock) {
        this.clock = clock;
        this.last = written(clock.instant().getEpochSecond());
    }

    /** A second as it is written. */
    private record Written(long second, String text) {}

    @Override
    public void process(HttpResponse response, EntityDetails entity, HttpContext context) {
        response.addHeader("Date", date());
        HttpRequest request = HttpCoreContext.cast(context).getRequest();
        Header connection = request == null ? null : request.getFirstHeader("Connection");
        if (connection != null && !response.containsHeader("Connection")) {
            String asked = connection.getValue();
            if (asked.equalsIgnoreCase("close") || asked.equalsIgnoreCase("keep-alive")) {
                response.addHeader("Connection", asked);
            }
        }
    }

    private String date() {
        long second = clock.instant().getEpochSecond();
        Written now = last;
        if (now.second != second) {
            now = written(second);
            last = now;
        }
        return now.text;
    }

    /** By hand, since a formatter with names of days loads the languages of the JDK, which takes longer than an answer. */
    private static Written written(long second) {
        ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(29)
                .append(DAYS[time.getDayOfWeek().getValue() - 1])
                .append(", ");
        two(text, time.getDayOfMonth()).append(' ').append(MONTHS[time.getMonthValue() - 1]);
        text.append(' ').append(time.getYear()).append(' ');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        two(text, time.getSecond()).append(" GMT");
        return new Written(second, text.toString());
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
