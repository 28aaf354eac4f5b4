package dev.headwater.core;

/**
 * What a connection test does besides testing. The {@linkplain #DEFAULT default} is nothing.
 *
 * @param previewMessages how many messages of a stream to show at the most; 0 for none. Sources that are no streams show
 *     none, and that is no failure. Showing some takes {@link Action#PREVIEW} besides {@link Action#TEST}.
 */
public record TestOptions(int previewMessages) {

    /** The most messages that a test shows. */
    public static final int MAX_PREVIEW_MESSAGES = 100;

    /** Tests, and shows no messages. */
    public static final TestOptions DEFAULT = new TestOptions(0);

    /** @throws IllegalArgumentException if the number is negative or over {@value #MAX_PREVIEW_MESSAGES} */
    public TestOptions {
        if (previewMessages < 0 || previewMessages > MAX_PREVIEW_MESSAGES) {
            throw new IllegalArgumentException(
                    "previewMessages must be from 0 to " + MAX_PREVIEW_MESSAGES + ", is " + previewMessages);
        }
    }

    /**
     * Shows so many messages of a stream at the most, the latest ones, and no more than {@value
     * dev.headwater.spi.ConnectorSession#MAX_PREVIEW_BYTES} bytes of them.
     */
    public static TestOptions preview(int messages) {
        return new TestOptions(messages);
    }

    /** {@return whether any messages are asked for} */
    boolean withPreview() {
        return previewMessages > 0;
    }
}
