using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Patients;

/// <summary>A patient of the clinic. What is searched for lies plain; contacts and free text are sealed.</summary>
public sealed class Patient
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The clinic's own record number, counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Full name as it is written, composed (NFC); in Vietnamese family, middle, given.</summary>
    public required string FullName { get; set; }

    /// <summary>The name to order lists by, from <see cref="PatientNames.SortKey"/>: the given name first, without accents.</summary>
    public required string SortKey { get; set; }

    /// <summary>Date of birth.</summary>
    public required LocalDate BirthDate { get; set; }

    /// <summary>Biological sex.</summary>
    public required Sex Sex { get; set; }

    /// <summary>Citizen number, 12 digits in Viet Nam; empty while unknown.</summary>
    [Sealed]
    public string CitizenNumber { get; set; } = "";

    /// <summary>Telephone number as it was given; empty while unknown.</summary>
    [Sealed]
    public string Phone { get; set; } = "";

    /// <summary>E-mail address; empty while unknown.</summary>
    [Sealed]
    public string Email { get; set; } = "";

    /// <summary>Postal address; empty while unknown.</summary>
    [Sealed]
    public string Address { get; set; } = "";

    /// <summary>Free text of the clinic.</summary>
    [Sealed]
    public string Notes { get; set; } = "";

    /// <summary>When somebody of the clinic reached the patient by that telephone number; null until then.</summary>
    public Instant? PhoneCheckedAt { get; set; }

    /// <summary>Language that the patient is written to in: "en" or "vi".</summary>
    public required string Language { get; set; }

    /// <summary>Whether she belongs to the demonstration clinic.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>When the record was opened.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>The words that she is found by.</summary>
    public List<PatientWord> Words { get; } = [];
}

/// <summary>A word of a patient's name without accents and in lower case: searching looks for its beginning.</summary>
[NotAudited]
public sealed class PatientWord
{
    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The word ("nguyen").</summary>
    public required string Word { get; init; }
}

internal sealed class PatientConfiguration : IEntityTypeConfiguration<Patient>
{
    public void Configure(EntityTypeBuilder<Patient> builder)
    {
        builder.ToTable("patients");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(patient => patient.FullName).HasMaxLength(200);
        builder.Property(patient => patient.SortKey).HasMaxLength(220).IsOrdinal();
        builder.Property(patient => patient.Sex).HasConversion<string>().HasMaxLength(16);
        builder.Property(patient => patient.Language).HasMaxLength(8);
        builder.Property(patient => patient.Revision).IsConcurrencyToken();
        builder.HasIndex(patient => patient.Number).IsUnique();
        builder.HasIndex(patient => new { patient.SortKey, patient.Id });
        builder.HasIndex(patient => patient.BirthDate);
        builder.HasIndex(patient => patient.CreatedAt);
        builder.HasMany(patient => patient.Words).WithOne().HasForeignKey(word => word.PatientId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PatientWordConfiguration : IEntityTypeConfiguration<PatientWord>
{
    public void Configure(EntityTypeBuilder<PatientWord> builder)
    {
        builder.ToTable("patient_words");
        builder.HasKey(word => new { word.PatientId, word.Word });
        builder.Property(word => word.Word).HasMaxLength(100).IsOrdinal();
        builder.HasIndex(word => new { word.Word, word.PatientId });
    }
}
