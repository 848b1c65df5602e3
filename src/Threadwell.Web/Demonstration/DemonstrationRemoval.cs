using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Questions;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Aftercare;
using Threadwell.Web.Hosting;
using Threadwell.Web.Predictions;
using Threadwell.Web.Questions;

namespace Threadwell.Web.Demonstration;

/// <summary>
/// Removes the demonstration clinic, all of it or nothing, and each removed row is an entry of the audit trail, which stays. Photos of questions, and the files of its predictions,
/// causes and proposed plans, go with them; those of its scans and other pictures are left to <c>db check --remove-orphans</c>: some are also the samples'.
/// A start does not bring it back, because the trail tells that it was there (<see cref="WasEverAsync"/>).
/// </summary>
public static class DemonstrationRemoval
{
    private const string Source = "demonstration";

    /// <summary>Removes it from a data folder on which no app runs.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="database">Connection string of a PostgreSQL database; null for the embedded one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many rows were removed; 0 where there is no demonstration.</returns>
    /// <exception cref="InvalidInputException">The folder is in use, or something of the clinic's own hangs on the demonstration.</exception>
    public static async Task<int> RunAsync(string dataFolder, string? database, CancellationToken cancellation)
    {
        if (!Directory.Exists(dataFolder))
        {
            throw new InvalidInputException("--data", dataFolder, "there is no such folder; name the data folder of the app.");
        }

        var data = new DataFolder(dataFolder);
        ClinicDatabase kept = DatabaseChoice.Of(database, dataFolder);
        using DataFolderLock hold = DataFolderLock.Take(dataFolder);
        await Restore.FinishAsync(data, kept, cancellation);
        if (await kept.IsEmptyAsync(cancellation))
        {
            return 0;
        }

        var heads = new AuditHeads(AuditHeads.PathIn(dataFolder));
        var trail = new AuditTrail(SystemClock.Instance, heads, () => AuditActor.Program);
        var options = new DbContextOptionsBuilder<ThreadwellContext>();
        RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
        kept.Use(options, cipher);
        options.AddInterceptors(trail);
        await using var context = new ThreadwellContext(options.Options);
        await kept.PrepareAsync(context, cancellation);
        await KeyCheck.RunAsync(context, data, cancellation);
        await AuditTrail.CatchUpAsync(context, heads, cancellation);
        var files = new FileStore(data.Files, cipher);
        using var pictures = new QuestionPictures(files);
        using var courses = new CourseFiles(files, new PooledDbContextFactory<ThreadwellContext>(options.Options));
        return await RemoveAsync(context, trail, pictures, courses, "threadwell demonstration remove", cancellation);
    }

    /// <summary>Whether there ever was an account: a record that had one gets no demonstration any more.</summary>
    internal static async Task<bool> WasEverAsync(ThreadwellContext context, CancellationToken cancellation) =>
        await context.Users.AnyAsync(cancellation) || await context.AuditEntries.AnyAsync(entry => entry.RecordKind == nameof(UserAccount), cancellation);

    /// <summary>Removes it.</summary>
    /// <param name="context">The record; a context that nothing else uses.</param>
    /// <param name="trail">The trail that the context writes.</param>
    /// <param name="pictures">Photos of questions.</param>
    /// <param name="courses">Files of predictions, causes and proposed plans.</param>
    /// <param name="address">What was called, for the trail.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="InvalidInputException">Something of the clinic's own hangs on it.</exception>
    internal static async Task<int> RemoveAsync(ThreadwellContext context, AuditTrail trail, QuestionPictures pictures, CourseFiles courses, string address, CancellationToken cancellation)
    {
        var demonstration = new DemonstrationRows(context);
        if (!await demonstration.IsThereAsync(cancellation))
        {
            return 0;
        }

        IReadOnlyList<object> rows = [];
        List<Guid> predictions = await demonstration.Predictions.ToListAsync(cancellation);
        List<Guid> searches = await demonstration.Searches.ToListAsync(cancellation);
        await courses.RemoveWithAsync(context, predictions, searches, async () => rows = await RemoveRowsAsync(context, trail, demonstration, address, cancellation), cancellation);

        // Whoever asked is no part of the demonstration: nothing of her stays behind.
        await pictures.RemoveAsync(context, [.. rows.OfType<QuestionPhoto>().SelectMany(photo => (string[])[photo.FileSha256, photo.ThumbnailSha256])], CancellationToken.None);
        return rows.Count;
    }

    private static async Task<IReadOnlyList<object>> RemoveRowsAsync(ThreadwellContext context, AuditTrail trail, DemonstrationRows demonstration, string address, CancellationToken cancellation)
    {
        // The first entry takes the writers' lock: what is looked at from here on stays as it is until the end.
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
        await trail.NoteAsync(context, new AuditEvent("Removed", "Demonstration", "", null, address), cancellation);
        if (await demonstration.HeldByAsync(cancellation) is { } held)
        {
            await transaction.RollbackAsync(cancellation);
            throw new InvalidInputException(Source, null, $"it cannot be removed: {held.Count} {held.What} of the clinic's own depend on its place, its staff or its plans. Nothing was removed.");
        }

        IReadOnlyList<object> rows = await demonstration.AllAsync(cancellation);
        Guid[] accounts = [.. rows.OfType<UserAccount>().Select(account => account.Id)];
        await ReleaseSettingsAsync(context, accounts, cancellation);
        foreach (StoredRulebook rulebook in await context.Rulebooks.Where(rulebook => rulebook.SignedOffBy != null && accounts.Contains(rulebook.SignedOffBy.Value)).ToListAsync(cancellation))
        {
            // Rules that a made-up doctor signed off are signed off by nobody.
            (rulebook.SignedOffBy, rulebook.SignedOffAt) = (null, null);
        }

        // A facility whose details the clinic has replaced by its own is its own.
        await context.Facilities.Where(facility => facility.IsDemonstration).ForEachAsync(facility => facility.IsDemonstration = false, cancellation);
        context.RemoveRange(rows);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return rows;
    }

    // What the clinic has since written over its settings stays.
    private static async Task ReleaseSettingsAsync(ThreadwellContext context, Guid[] accounts, CancellationToken cancellation)
    {
        if (await context.ClinicSettings.SingleOrDefaultAsync(cancellation) is not { } settings)
        {
            return;
        }

        ClinicSettings made = DemonstrationClinic.Settings();
        if (settings.Revision == made.Revision)
        {
            context.Remove(settings);
            return;
        }

        settings.Name = settings.Name == made.Name ? "" : settings.Name;
        settings.Phone = settings.Phone == made.Phone ? "" : settings.Phone;
        settings.EmergencyHospital = settings.EmergencyHospital == made.EmergencyHospital ? "" : settings.EmergencyHospital;
        settings.ResponsibleDoctorId = settings.ResponsibleDoctorId is { } doctor && accounts.Contains(doctor) ? null : settings.ResponsibleDoctorId;
        settings.HeadOfDepartmentId = settings.HeadOfDepartmentId is { } head && accounts.Contains(head) ? null : settings.HeadOfDepartmentId;

        // Lengths that a made-up doctor signed off are signed off by nobody.
        AftercareLengths lengths = AftercareLengths.Of(settings);
        if (lengths.SignedOffBy is { } by && accounts.Contains(by))
        {
            (AftercareLengths.None with { Lengths = lengths.Lengths }).Keep(settings);
        }

        settings.Revision++;
    }
}
