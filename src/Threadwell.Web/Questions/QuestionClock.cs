using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Questions;

namespace Threadwell.Web.Questions;

/// <summary>Looks every minute for questions that nobody answered in time, which go to the head of department, and for those whose address nobody confirmed, which go altogether.</summary>
internal sealed partial class QuestionClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<QuestionClock> logger) : BackgroundService
{
    private const int Together = 100;

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Does what has fallen due.</summary>
    /// <param name="services">The program's parts.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        ThreadwellContext database = services.GetRequiredService<ThreadwellContext>();
        Instant now = services.GetRequiredService<IClock>().GetCurrentInstant();
        ClinicSettings settings = await database.ClinicSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new ClinicSettings();
        Guid? head = await database.Users.AnyAsync(user => user.Id == settings.HeadOfDepartmentId && user.Role == Role.Doctor && user.DisabledAt == null, cancellation) ? settings.HeadOfDepartmentId : null;
        string name = await database.Users.Where(user => user.Id == head).Select(user => user.FullName).FirstOrDefaultAsync(cancellation) ?? "";
        List<Guid> late = await database.Questions.Where(row => (row.State == QuestionState.Open || row.State == QuestionState.Review) && row.EscalatedAt == null && row.DueAt <= now)
            .OrderBy(row => row.DueAt).Select(row => row.Id).Take(Together).ToListAsync(cancellation);
        foreach (Guid id in late)
        {
            database.ChangeTracker.Clear();
            PublicQuestion question = await database.Questions.SingleAsync(row => row.Id == id, cancellation);

            // Whose an answer under review is says who wrote it: nobody approves his own.
            bool hands = question.State == QuestionState.Open;
            (question.EscalatedAt, question.OwnerId) = (now, hands ? head ?? question.OwnerId : question.OwnerId);
            question.Revision++;
            database.QuestionEvents.Add(new QuestionEvent { Id = Guid.CreateVersion7(), QuestionId = id, At = now, What = "Escalated", Note = hands ? name : "" });
            await TryAsync(() => database.SaveChangesAsync(cancellation));
        }

        Instant unconfirmed = now - QuestionMails.ConfirmWithin;
        List<Guid> stale = await database.Questions.Where(row => row.State == QuestionState.Unconfirmed && row.CreatedAt < unconfirmed).OrderBy(row => row.CreatedAt).Select(row => row.Id).Take(Together).ToListAsync(cancellation);
        foreach (Guid id in stale)
        {
            database.ChangeTracker.Clear();
            PublicQuestion question = await database.Questions.SingleAsync(row => row.Id == id, cancellation);
            await TryAsync(() => services.GetRequiredService<QuestionErasure>().RunAsync(question, question.PatientId, cancellation));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using AsyncServiceScope scope = scopes.CreateAsyncScope();
                await RunAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(logger, error);
            }
        }
    }

    // Somebody who answers or confirms at this very moment is quicker.
    private static async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The next look sees what became of it.
        }
    }

    [LoggerMessage(LogLevel.Error, "Questions that have fallen due could not be handed on; it is tried again in a minute.")]
    private static partial void LogFault(ILogger logger, Exception error);
}
