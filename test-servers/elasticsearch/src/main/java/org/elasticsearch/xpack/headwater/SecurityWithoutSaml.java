package org.elasticsearch.xpack.headwater;

import java.util.List;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.xpack.security.Security;

/**
 * Elasticsearch's own security without the actions of SAML, whose library is on no Maven repository. It stands in a package
 * of this name because Elasticsearch takes no other plug-in in front of its REST API.
 */
public final class SecurityWithoutSaml extends Security {

    public SecurityWithoutSaml(Settings settings) {
        super(settings);
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return super.getActions().stream()
                .filter(handler -> !handler.getAction().name().contains("saml"))
                .toList();
    }
}
