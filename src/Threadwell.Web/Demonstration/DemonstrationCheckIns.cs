using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.CheckIns;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Demonstration;

/// <summary>
/// What the treated patients of the demonstration told since: days that went as usual and then pus, which waits on the board; and an old treatment whose dimple worries her, which the
/// desk has taken. Each goes through the reception as a phone's would, at the time at which it is said to have come.
/// </summary>
internal static class DemonstrationCheckIns
{
    private static readonly Duration Waits = Duration.FromMinutes(4);
    private static readonly Duration Taken = Duration.FromHours(3);

    /// <summary>Adds them.</summary>
    /// <param name="database">The record; the treatments are kept.</param>
    /// <param name="treatments">The ended treatments.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AddAsync(ThreadwellContext database, IReadOnlyList<StoredTreatment> treatments, Instant now, CancellationToken cancellation)
    {
        foreach (StoredTreatment treatment in treatments.OrderByDescending(row => row.EndedAt))
        {
            Instant ended = treatment.EndedAt!.Value;
            int days = (int)Math.Round((now - ended).TotalDays);
            if (days < 14)
            {
                foreach (int day in (int[])[1, 2, 3])
                {
                    if (day < days)
                    {
                        await TellAsync(database, treatment, ended + Duration.FromDays(day), Usual(), $"day{day}", cancellation);
                    }
                }

                await TellAsync(database, treatment, now - Waits, Usual().With(new AnswerKey("fluid"), new WordsAnswer(["pus"])).With(new AnswerKey("redness"), new WordAnswer("mild")).With(new AnswerKey("rednessTrend"), new WordAnswer("worse")), days == 5 ? "day5" : "", cancellation);
            }
            else
            {
                await TellAsync(database, treatment, now - Taken, Usual().With(new AnswerKey("dimple"), new WordAnswer("same")), "", cancellation);
                Acknowledge(database, now - (Taken / 2));
            }
        }
    }

    private static async Task TellAsync(ThreadwellContext database, StoredTreatment treatment, Instant at, AnswerSheet answers, string scheduled, CancellationToken cancellation)
    {
        var clock = new Standing(at);
        var time = new ClinicTime(database, clock);
        string told = OffsetDateTimePattern.Rfc3339.Format((at - Duration.FromMinutes(1)).InZone(await time.ZoneAsync(cancellation)).ToOffsetDateTime());
        string message = JsonSerializer.Serialize(new
        {
            id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            scheduledId = scheduled,
            answeredAt = told,
            answers = JsonSerializer.Deserialize<JsonElement>(AnswerReader.ToJson(answers)),
            phoneLevel = (string?)null,
            rulebookVersion = TriageFile.Shipped.Version,
        });
        await new CheckInReception(database, time, clock).ReceiveAsync(treatment.Id, Encoding.UTF8.GetBytes(message), CheckInTeller.Patient, user: null, device: null, cancellation);
    }

    private static void Acknowledge(ThreadwellContext database, Instant at)
    {
        Guid desk = DemonstrationAccounts.IdOf(Role.Coordinator);
        foreach (CareTask task in database.CareTasks.Local.Where(task => task is { State: CareTaskState.New, Level: TriageLevel.Amber }))
        {
            (task.State, task.AcknowledgedAt, task.OwnerId) = (CareTaskState.Acknowledged, at, desk);
            database.CareTaskEvents.Add(new CareTaskEvent { Id = Guid.CreateVersion7(), TaskId = task.Id, PatientId = task.PatientId, At = at, ByUserId = desk, What = "Acknowledged" });
        }
    }

    private static AnswerSheet Usual() => new(TriageFile.Shipped.Questionnaire.Questions.Where(question => question.Id is not ("note" or "temperature" or "trunk")).Select(question => KeyValuePair.Create(new AnswerKey(question.Id), question.Kind switch
    {
        QuestionKind.Choices => new WordsAnswer(["none"]),
        QuestionKind.Choice => new WordAnswer(question.Choices[0].Id),
        QuestionKind.Number => new NumberAnswer(1),
        _ => Answer.No,
    })));

    // A clock that stands at one time.
    private sealed class Standing(Instant at) : IClock
    {
        public Instant GetCurrentInstant() => at;
    }
}
