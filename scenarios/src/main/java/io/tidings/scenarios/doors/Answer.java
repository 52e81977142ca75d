package io.tidings.scenarios.doors;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back from a door.
 *
 * @param correlationId the flow that the request began
 * @param askedAt when the request was sent, by this machine's clock
 * @param took how long the answer took
 * @param body missing if it was empty; a text if it was no JSON
 */
public record Answer(
        String method, String path, String correlationId, Instant askedAt, Duration took, int status, JsonNode body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * The body, read as this type; what the type does not know is left out.
     *
     * @throws UnexpectedAnswerException if it is no such thing
     */
    public <T> T as(Class<T> type) {
        return read(body, "", type);
    }

    /**
     * A field of the body, read as this type.
     *
     * @throws UnexpectedAnswerException if it is not there or no such thing
     */
    public <T> T as(String field, Class<T> type) {
        return read(body.path(field), " in '%s'".formatted(field), type);
    }

    private <T> T read(JsonNode json, String where, Class<T> type) {
        T value;
        try {
            value = json.isMissingNode() ? null : JsonMapper.shared().treeToValue(json, type);
        } catch (JacksonException misfit) {
            throw new UnexpectedAnswerException(noSuchThing(where, type) + ": " + misfit.getOriginalMessage(), misfit);
        }
        if (value == null) {
            throw new UnexpectedAnswerException(noSuchThing(where, type) + ", but nothing.", null);
        }
        return value;
    }

    private String noSuchThing(String where, Class<?> type) {
        return "%s %s answered %d with no %s%s".formatted(method, path, status, type.getSimpleName(), where);
    }

    /** The status and, if the answer is a problem, what it says is wrong. */
    public String summary() {
        String detail = body.path("detail").asString("");
        return detail.isEmpty() ? Integer.toString(status) : status + ": " + detail;
    }
}
