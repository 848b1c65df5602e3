using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Threadwell.Storage.Audit;

/// <summary>
/// One line of the audit trail: who saw or changed what, when. Every text is kept as it was hashed, letter by letter, so that no second spelling of the same key
/// passes for the first; what is not there is empty.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Hash before the first entry.</summary>
    public static readonly string Beginning = new('0', 64);

    private static readonly byte[] Form = "threadwell-audit-1"u8.ToArray();

    /// <summary>Number, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Account; empty for nobody and for the program itself.</summary>
    public required string UserId { get; init; }

    /// <summary>Name of the person at that time.</summary>
    public required string UserName { get; init; }

    /// <summary>Role of the person at that time.</summary>
    public required string Role { get; init; }

    /// <summary>What was done ("Read", "Added", "Changed", "Removed", "Refused").</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing it was done to ("Patient", "StoredPlan").</summary>
    public required string RecordKind { get; init; }

    /// <summary>Its key; empty for a list.</summary>
    public required string RecordKey { get; init; }

    /// <summary>The patient whose record it is; empty where it is nobody's.</summary>
    public required string PatientId { get; init; }

    /// <summary>JSON: the address that was read, or the names of the columns that changed. Never a value of the record.</summary>
    public required string Detail { get; init; }

    /// <summary>Hash of the entry before.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over all of the above, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The hash that the entry should have: SHA-256 over its fields in order, each preceded by its length in bytes.</summary>
    public string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Form);
        foreach (string field in (ReadOnlySpan<string>)
        [
            Sequence.ToString(CultureInfo.InvariantCulture), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            UserId, UserName, Role, Action, RecordKind, RecordKey, PatientId, Detail, PreviousHash,
        ])
        {
            Append(hash, Encoding.UTF8.GetBytes(field));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, byte[] field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}

/// <summary>
/// Marks an entity, or a property of one, whose changes the audit trail leaves out: it follows from another one, is the trail itself, or says nothing about the record. Bulk updates go past the
/// trail, so they may write nothing else; a test reads the source for them.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.UserId).HasMaxLength(36);
        builder.Property(entry => entry.UserName).HasMaxLength(200);
        builder.Property(entry => entry.Role).HasMaxLength(16);
        builder.Property(entry => entry.Action).HasMaxLength(16);
        builder.Property(entry => entry.RecordKind).HasMaxLength(64);
        builder.Property(entry => entry.RecordKey).HasMaxLength(500);
        builder.Property(entry => entry.PatientId).HasMaxLength(36);
        builder.Property(entry => entry.PreviousHash).HasMaxLength(64);
        builder.Property(entry => entry.Hash).HasMaxLength(64);
        builder.HasIndex(entry => new { entry.PatientId, entry.Sequence });
        builder.HasIndex(entry => new { entry.UserId, entry.Sequence });
        builder.HasIndex(entry => entry.At);
    }
}
