package io.tidings.payment.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.bus.web.IdempotencyKeys;
import io.tidings.bus.web.Problem;
import io.tidings.events.Money;
import io.tidings.payment.domain.Account;
import io.tidings.payment.domain.Answer;
import io.tidings.payment.domain.Refusal;
import io.tidings.payment.domain.WalletCommand;
import io.tidings.payment.domain.Wallets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/accounts/{userId}")
class AccountController {

    private final Wallets wallets;
    private final IdempotencyKeys idempotencyKeys;

    AccountController(Wallets wallets, IdempotencyKeys idempotencyKeys) {
        this.wallets = wallets;
        this.idempotencyKeys = idempotencyKeys;
    }

    @PostMapping("/deposits")
    @Operation(summary = "Pays money into a user's account.")
    AccountResponse deposit(
            @PathVariable UUID userId,
            @Valid @RequestBody AmountRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        Money amount = request.toMoney();
        return once(userId, key, new WalletCommand.Deposit(amount), () -> wallets.deposit(userId, amount));
    }

    @PostMapping("/withdrawals")
    @Operation(summary = "Pays money out of a user's account, if there is enough.")
    AccountResponse withdraw(
            @PathVariable UUID userId,
            @Valid @RequestBody AmountRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        Money amount = request.toMoney();
        return once(userId, key, new WalletCommand.Withdraw(amount, null), () -> wallets.withdraw(userId, amount));
    }

    private AccountResponse once(UUID userId, @Nullable String key, WalletCommand command, Supplier<Answer> work) {
        return idempotencyKeys
                .once(
                        "account of user %s".formatted(userId),
                        key,
                        command,
                        AccountResponse.class,
                        () -> responseOrProblem(userId, work.get()))
                .answer();
    }

    private static AccountResponse responseOrProblem(UUID userId, Answer answer) {
        return switch (answer) {
            case Answer.Granted(var account) -> AccountResponse.of(account);
            case Answer.Denied(var refusal) ->
                throw switch (refusal) {
                    case Refusal.NoAccount() -> unknown(userId);
                    case Refusal.InsufficientFunds insufficient -> Problem.conflict("balance", insufficient.sentence());
                    case Refusal.OtherCurrency(var currency, var amount) ->
                        Problem.unprocessable("amount.currency", "must be %s, as this account is".formatted(currency));
                };
        };
    }

    @GetMapping
    @Operation(summary = "Shows a user's account as it is, as it was at a version, or as it was at a moment.")
    AccountResponse get(
            @PathVariable UUID userId,
            @RequestParam(required = false) @Min(1) @Nullable Long version,
            @RequestParam(required = false) @Nullable Instant asOf) {
        if (version != null && asOf != null) {
            throw Problem.badRequest("asOf", "must not be given together with version: leave out one of them");
        }
        if (asOf != null && asOf.isAfter(Instant.now())) {
            throw Problem.badRequest("asOf", "must not be in the future");
        }
        Account now = wallets.find(userId).orElseThrow(() -> unknown(userId));
        if (version != null) {
            return AccountResponse.of(atVersion(now, version));
        }
        return asOf == null ? AccountResponse.of(now) : AccountResponse.asOf(atMoment(userId, asOf), asOf);
    }

    private Account atVersion(Account now, long version) {
        if (version > now.version()) {
            throw Problem.notFound("The account of user %s has no version %d: its last one is %d."
                    .formatted(now.userId(), version, now.version()));
        }
        return wallets.find(now.userId(), version).orElseThrow(() -> unknown(now.userId()));
    }

    private Account atMoment(UUID userId, Instant moment) {
        return wallets.find(userId, moment)
                .orElseThrow(() -> Problem.notFound("The account of user %s was not open at %s: ask for a later moment."
                        .formatted(userId, moment)));
    }

    @GetMapping("/events")
    @Operation(summary = "Lists what happened to an account, from its opening on.")
    AccountEventPage events(
            @PathVariable UUID userId,
            @RequestParam(defaultValue = "1") @Min(1) @Parameter(description = "for the next page its next")
                    long fromVersion,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        if (wallets.find(userId).isEmpty()) {
            throw unknown(userId);
        }
        return AccountEventPage.of(wallets.events(userId, fromVersion, limit + 1), limit);
    }

    private static ErrorResponseException unknown(UUID userId) {
        return Problem.notHeardOf("There is no account of user %s.".formatted(userId));
    }
}
