using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Audit;

namespace Threadwell.Storage.Accounts;

/// <summary>One browser in which somebody signed in. The cookie holds its key alone: what is true of it is read here at each request, so that ending one works at once.</summary>
public sealed class UserSession
{
    /// <summary>Key, random: who has it has the session.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The account's security stamp when it began; a later stamp ends it.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>When it began.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was last used, to within a few minutes. What was done in it has entries of its own, and an entry for each use would bury them.</summary>
    [NotAudited]
    public required Instant SeenAt { get; set; }

    /// <summary>When the person last proved who she is.</summary>
    public required Instant ProvedAt { get; set; }

    /// <summary>Whether a second factor was proved in it: a passkey, or a code beside the password.</summary>
    public bool HasSecondFactor { get; set; }

    /// <summary>Network address of the browser.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the browser says it is.</summary>
    public string Browser { get; init; } = "";

    /// <summary>When it was ended; null while it lasts.</summary>
    public Instant? EndedAt { get; set; }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.SecurityStamp).HasMaxLength(64);
        builder.Property(session => session.Address).HasMaxLength(64);
        builder.Property(session => session.Browser).HasMaxLength(200);
        builder.HasOne<UserAccount>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => session.UserId);
    }
}
