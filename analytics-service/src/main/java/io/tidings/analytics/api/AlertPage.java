package io.tidings.analytics.api;

import io.tidings.analytics.alerting.Alert;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param next the cursor of the next page; null if this is the last */
record AlertPage(List<Alert> alerts, @Nullable UUID next) {}
