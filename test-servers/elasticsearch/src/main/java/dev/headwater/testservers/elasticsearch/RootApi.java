package dev.headwater.testservers.elasticsearch;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.Build;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.IndexScopedSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.settings.SettingsFilter;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestController;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestBuilderListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.xcontent.XContentBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /}, with what <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-info">Elastic documents</a> of its
 * answer and with the right that it asks for ({@code cluster:monitor/main}). Elasticsearch has it in its module {@code rest-root}, which is
 * on no Maven repository. The connector tells by it what kind of server it talks to.
 */
public final class RootApi extends Plugin implements ActionPlugin {

    private static final ActionType<ActionResponse.Empty> MAIN = new ActionType<>("cluster:monitor/main");

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return List.of(new ActionHandler<>(MAIN, MainAction.class));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
            Settings settings,
            NamedWriteableRegistry names,
            RestController controller,
            ClusterSettings clusterSettings,
            IndexScopedSettings indexSettings,
            SettingsFilter filter,
            IndexNameExpressionResolver resolver,
            Supplier<DiscoveryNodes> nodes,
            Predicate<NodeFeature> features) {
        return List.of(new Handler());
    }

    /** Asks for nothing: it is there to need a right. */
    private static final class MainRequest extends ActionRequest {

        @Override
        public @Nullable ActionRequestValidationException validate() {
            return null;
        }
    }

    /** Does nothing: whoever may not do it does not come so far. */
    public static final class MainAction extends TransportAction<MainRequest, ActionResponse.Empty> {

        @Inject
        public MainAction(ActionFilters filters, TransportService transport) {
            super(MAIN.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
        }

        @Override
        protected void doExecute(Task task, MainRequest request, ActionListener<ActionResponse.Empty> listener) {
            listener.onResponse(ActionResponse.Empty.INSTANCE);
        }
    }

    private static final class Handler extends BaseRestHandler {

        @Override
        public String getName() {
            return "root";
        }

        @Override
        public List<Route> routes() {
            return List.of(new Route(RestRequest.Method.GET, "/"));
        }

        @Override
        protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
            return channel ->
                    client.execute(MAIN, new MainRequest(), new RestBuilderListener<ActionResponse.Empty>(channel) {
                        @Override
                        public RestResponse buildResponse(ActionResponse.Empty allowed, XContentBuilder json)
                                throws Exception {
                            json.startObject()
                                    .field("name", client.getLocalNodeId())
                                    .field("cluster_name", client.settings().get("cluster.name"))
                                    .startObject("version")
                                    .field("number", Build.current().version())
                                    .field("build_flavor", Build.current().flavor())
                                    .endObject()
                                    .field("tagline", "You Know, for Search")
                                    .endObject();
                            return new RestResponse(RestStatus.OK, json);
                        }
                    });
        }
    }
}
