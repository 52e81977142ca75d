package io.tidings.user.api;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

record SignUpRequest(
        @NotNull @Email(regexp = ".+@.+", message = "must be a mail address") @Size(max = 254) String email,
        @NotBlank @Size(max = 100) String givenName,
        @NotBlank @Size(max = 100) String familyName) {}
