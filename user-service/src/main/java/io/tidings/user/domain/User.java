package io.tidings.user.domain;

import io.tidings.events.user.Profile;
import io.tidings.events.user.UserProfileUpdated;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** Someone who signed up. */
@Entity
@Table(name = "users")
public class User implements Persistable<UUID> {

    @Id
    private UUID id;

    private String email;
    private String givenName;
    private String familyName;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> interests;

    private long profileRevision;
    private Instant createdAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected User() {}

    User(UUID id, String email, String givenName, String familyName, Instant createdAt) {
        this.id = id;
        this.email = email;
        this.givenName = givenName;
        this.familyName = familyName;
        this.interests = List.of();
        this.createdAt = createdAt;
    }

    /** Takes a profile over; returns what there is to tell: nothing if it says what is known already. */
    Optional<UserProfileUpdated> update(Profile profile) {
        Profile old = new Profile(givenName, familyName, interests);
        if (profile.equals(old)) {
            return Optional.empty();
        }
        givenName = profile.givenName();
        familyName = profile.familyName();
        interests = profile.interests();
        profileRevision++;
        return Optional.of(new UserProfileUpdated(id, old, profile, profileRevision));
    }

    @Override
    public UUID getId() {
        return id;
    }

    /** Spring Data would find it out too, by an exception for each user: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public String givenName() {
        return givenName;
    }

    public String familyName() {
        return familyName;
    }

    /** Categories of products, in the user's own order. */
    public List<String> interests() {
        return List.copyOf(interests);
    }

    /** How often the profile has changed since the user signed up. */
    public long profileRevision() {
        return profileRevision;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
