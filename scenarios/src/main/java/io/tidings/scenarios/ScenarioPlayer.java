package io.tidings.scenarios;

import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Narrator;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays scenarios against a running system, one after the other. */
public final class ScenarioPlayer {

    private final Door gateway;
    private final Door mailbox;
    private final Patience patience;
    private final Narrator narrator;

    public ScenarioPlayer(Door gateway, Door mailbox, Patience patience, Narrator narrator) {
        this.gateway = gateway;
        this.mailbox = mailbox;
        this.patience = patience;
        this.narrator = narrator;
    }

    /** Plays all of them, also when one fails. */
    public List<Performance> play(List<Scenario> scenarios) {
        List<Performance> performances = scenarios.stream().map(this::play).toList();
        narrator.sumsUp(performances);
        return performances;
    }

    private Performance play(Scenario scenario) {
        narrator.begins(scenario.name(), scenario.title(), scenario.pattern());
        List<Step> steps = new ArrayList<>();
        Stage stage = new Stage(gateway, mailbox, patience, step -> {
            steps.add(step);
            narrator.tells(step);
        });
        long start = System.nanoTime();
        String failure = null;
        try {
            scenario.play(stage);
        } catch (RuntimeException reason) {
            failure = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        }
        Performance performance = new Performance(
                scenario.name(),
                scenario.title(),
                scenario.pattern(),
                steps,
                Duration.ofNanos(System.nanoTime() - start),
                failure);
        narrator.ends(performance);
        return performance;
    }
}
