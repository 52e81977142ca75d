package io.tidings.user.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tidings.bus.web.Problem;
import io.tidings.user.domain.EmailTakenException;
import io.tidings.user.domain.User;
import io.tidings.user.domain.UserDirectory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/users")
class UserController {

    private final UserDirectory directory;

    UserController(UserDirectory directory) {
        this.directory = directory;
    }

    @PostMapping
    @Operation(summary = "Signs up a user.")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<UserResponse> signUp(@Valid @RequestBody SignUpRequest request) {
        try {
            User user = directory.signUp(request.email(), request.givenName(), request.familyName());
            return ResponseEntity.created(URI.create("/users/" + user.id())).body(UserResponse.of(user));
        } catch (EmailTakenException taken) {
            throw Problem.conflict("email", String.valueOf(taken.getMessage()));
        }
    }

    @GetMapping("/{userId}")
    @Operation(summary = "Shows a user; one who was erased is gone (410).")
    UserResponse get(@PathVariable UUID userId) {
        return directory.find(userId).map(UserResponse::of).orElseThrow(() -> unknown(userId));
    }

    /** In no order, and without those who are not there: {@code GET /users/{userId}} says why they are not. */
    @GetMapping
    @Operation(summary = "Shows several users, in no order and without those who are not there.")
    UserList list(@RequestParam("userId") @Size(min = 1, max = 100) List<UUID> userIds) {
        return new UserList(
                directory.find(userIds).stream().map(UserResponse::of).toList());
    }

    @PutMapping("/{userId}/profile")
    @Operation(summary = "Replaces a user's profile.")
    UserResponse updateProfile(@PathVariable UUID userId, @Valid @RequestBody ProfileRequest request) {
        return directory
                .updateProfile(userId, request.toDomain())
                .map(UserResponse::of)
                .orElseThrow(() -> unknown(userId));
    }

    /** Asked again, it is done already. */
    @DeleteMapping("/{userId}")
    @Operation(summary = "Erases a user, and tells the other services so; asked again, it is done already.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable UUID userId) {
        if (!directory.erase(userId)) {
            throw unknown(userId);
        }
    }

    private ErrorResponseException unknown(UUID userId) {
        return directory.wasErased(userId)
                ? Problem.gone("User %s was erased.".formatted(userId))
                : Problem.notFound("There is no user %s.".formatted(userId));
    }
}
