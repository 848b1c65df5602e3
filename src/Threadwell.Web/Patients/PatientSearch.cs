using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Patients;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Patients;

/// <summary>A page of the list of patients.</summary>
/// <param name="Rows">The patients, ordered by given name.</param>
/// <param name="After">Mark after which the next page begins; null where this is the last.</param>
internal sealed record PatientPage(IReadOnlyList<PatientRow> Rows, string? After);

/// <summary>A patient in a list.</summary>
internal sealed record PatientRow(Guid Id, int Number, string FullName, LocalDate BirthDate, bool IsDemonstration, string SortKey);

/// <summary>
/// Finds patients by the beginnings of the words of their names, without accents, in any order; by record number; by birth date. Every way goes through an
/// index, and a page is read from where the last one ended, so that the time does not grow with the number of patients.
/// </summary>
[SuppressMessage("Globalization", "CA1309:Use ordinal string comparison", Justification = "Compared by the database, whose columns are ordinal.")]
internal static class PatientSearch
{
    /// <summary>Patients on a page.</summary>
    public const int PageSize = 25;

    // Looking up a patient costs about as much as passing over a hundred in order, and a page is found after passing over its share of all.
    private const int MostLookedUp = 1000;

    // More words than this say nothing more of a name.
    private const int MostWords = 5;

    /// <summary>A page of those that a text finds.</summary>
    /// <param name="database">The record.</param>
    /// <param name="text">What was typed; empty for all.</param>
    /// <param name="after">Mark of the page before; null for the first page.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PatientPage> FindAsync(ThreadwellContext database, string? text, string? after, CancellationToken cancellation)
    {
        IQueryable<Patient> found = Matching(database, text?.Trim() ?? "");

        // Few are looked up and ordered. Of many, the page is found sooner by going through all in order.
        if (await found.Take(MostLookedUp + 1).CountAsync(cancellation) > MostLookedUp)
        {
            found = Matching(database, text?.Trim() ?? "", many: true);
        }

        if (Mark(after) is (string sortKey, Guid id))
        {
            found = found.Where(patient => string.Compare(patient.SortKey, sortKey) > 0 || (patient.SortKey == sortKey && patient.Id.CompareTo(id) > 0));
        }

        List<PatientRow> rows = await found.OrderBy(patient => patient.SortKey).ThenBy(patient => patient.Id).Take(PageSize + 1)
            .Select(patient => new PatientRow(patient.Id, patient.Number, patient.FullName, patient.BirthDate, patient.IsDemonstration, patient.SortKey)).ToListAsync(cancellation);
        bool more = rows.Count > PageSize;
        return new PatientPage(more ? rows[..PageSize] : rows, more ? MarkOf(rows[PageSize - 1]) : null);
    }

    /// <summary>The patients that a text finds, before order and paging.</summary>
    /// <param name="database">The record.</param>
    /// <param name="text">What was typed; empty for all.</param>
    /// <param name="many">Whether they are expected to be many: then each patient is asked for the words, not the words for their patients.</param>
    public static IQueryable<Patient> Matching(ThreadwellContext database, string text, bool many = false)
    {
        IQueryable<Patient> patients = database.Patients.AsNoTracking();
        if (ClinicDates.Read(text) is { } birth)
        {
            return patients.Where(patient => patient.BirthDate == birth);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return patients.Where(patient => patient.Number == number);
        }

        foreach ((string word, string end) in Ranges(text))
        {
            IQueryable<PatientWord> words = database.PatientWords.Where(candidate => string.Compare(candidate.Word, word) >= 0 && string.Compare(candidate.Word, end) < 0);
            patients = many
                ? patients.Where(patient => words.Any(candidate => candidate.PatientId == patient.Id))
                : patients.Where(patient => words.Select(candidate => candidate.PatientId).Contains(patient.Id));
        }

        return patients;
    }

    // The longest word first: it narrows most.
    private static IEnumerable<(string Word, string End)> Ranges(string text) =>
        PatientNames.Words(text).OrderByDescending(word => word.Length).Take(MostWords).Select(word => (word, word + char.MaxValue));

    private static string MarkOf(PatientRow row) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{row.Id} {row.SortKey}"));

    private static (string SortKey, Guid Id)? Mark(string? mark)
    {
        Span<byte> bytes = stackalloc byte[1024];
        if (mark is null || !Convert.TryFromBase64String(mark, bytes, out int length))
        {
            return null;
        }

        string[] parts = Encoding.UTF8.GetString(bytes[..length]).Split(' ', 2);
        return parts.Length == 2 && Guid.TryParse(parts[0], out Guid id) ? (parts[1], id) : null;
    }
}
