using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Storage.Patients;

namespace Threadwell.Storage.Accounts;

/// <summary>What somebody is to the clinic. It decides, with the record at hand, what an account may do.</summary>
public enum Role
{
    /// <summary>Sees what is made for her, of her own record alone.</summary>
    Patient,

    /// <summary>Plans, treats and reads every record of the clinic.</summary>
    Doctor,

    /// <summary>Keeps appointments, contacts and photos, and reads every record of the clinic.</summary>
    Coordinator,

    /// <summary>Keeps accounts, rules and settings; sees no clinical record.</summary>
    Administrator,
}

/// <summary>An account. Its name for signing in is <see cref="IdentityUser{TKey}.UserName"/>; one account has one role.</summary>
public sealed class UserAccount : IdentityUser<Guid>
{
    /// <summary>The person's name, as others see it.</summary>
    public required string FullName { get; set; }

    /// <summary>What the person is to the clinic.</summary>
    public required Role Role { get; set; }

    /// <summary>A patient's own record; null for staff.</summary>
    public Guid? PatientId { get; set; }

    /// <summary>Whether it belongs to the demonstration clinic, which signs in from this machine alone and without a password.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When an administrator shut it; null while it is open.</summary>
    public Instant? DisabledAt { get; set; }
}

internal sealed class UserAccountConfiguration : IEntityTypeConfiguration<UserAccount>
{
    private const int LongestName = 256;

    public void Configure(EntityTypeBuilder<UserAccount> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.FullName).HasMaxLength(200);
        builder.Property(user => user.Role).HasConversion<string>().HasMaxLength(16);
        builder.Property(user => user.UserName).HasMaxLength(LongestName);
        builder.Property(user => user.NormalizedUserName).HasMaxLength(LongestName);
        builder.Property(user => user.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.Property(user => user.SecurityStamp).HasMaxLength(64);

        // Nobody is written to yet: there is no address and no number to confirm.
        builder.Ignore(user => user.Email).Ignore(user => user.NormalizedEmail).Ignore(user => user.EmailConfirmed).Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed);
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
        builder.HasOne<Patient>().WithMany().HasForeignKey(user => user.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => user.PatientId).IsUnique();
    }
}
