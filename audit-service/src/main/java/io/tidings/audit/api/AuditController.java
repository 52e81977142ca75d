package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.audit.domain.AuditChains;
import io.tidings.audit.domain.Verification;
import io.tidings.bus.web.Problem;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/audit")
class AuditController {

    private final AuditChains chains;
    private final Semaphore oneAtATime = new Semaphore(1);

    AuditController(AuditChains chains) {
        this.chains = chains;
    }

    /** All is read, so nobody may ask for it twice at a time. */
    @GetMapping("/verify")
    @Operation(summary = "Verifies that nobody has changed the log, by reading all of it.")
    Verification verify() {
        if (!oneAtATime.tryAcquire()) {
            throw Problem.conflict("The chains are being verified for someone else. Try again when that is done.");
        }
        try {
            return chains.verify();
        } finally {
            oneAtATime.release();
        }
    }
}
