using NodaTime;
using Threadwell.Care.Outcomes;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Patients;

/// <summary>Where a patient stands on the path, and what is next: a function of what the record holds, so that every page says the same.</summary>
internal static class RecordPath
{
    /// <summary>Standard views of a face that belong to a record before a treatment.</summary>
    public const int StandardViews = 5;

    // An assessment counts for this long (design of the treatment gate); after it the path begins with a new one.
    private static readonly Period Current = Period.FromDays(90);

    // Until here nearly everything of aftercare holds (design of aftercare); what lasts longer is told at the visits.
    private static readonly Period Aftercare = Period.FromDays(14);

    /// <summary>The steps in their order; exactly one of them is next, unless the path has ended or stopped.</summary>
    /// <param name="facts">What the record holds.</param>
    /// <param name="today">Today.</param>
    public static IReadOnlyList<PathItem> Of(RecordFacts facts, LocalDate today)
    {
        bool ended = facts.Treatment?.State == TreatmentState.Ended;
        bool assessed = facts.Assessment is { Accepted: true, MayProceed: true } assessment && (ended || today <= assessment.On + Current);
        bool stopped = !ended && facts.Assessment is { MayProceed: false, Accepted: true } refused && !(refused.NotBefore <= today);
        bool onScan = facts.Plan is not null;
        bool planned = onScan || facts.Outline is not null;
        var done = new Dictionary<PathStep, bool>
        {
            [PathStep.Assess] = assessed,
            [PathStep.Photos] = facts.StandardViews >= StandardViews,
            [PathStep.Plan] = planned,
            [PathStep.Predict] = facts.Prediction is not null,
            [PathStep.Explain] = facts.Consented,
            [PathStep.Consent] = facts.Consented,
            [PathStep.Treat] = ended,
            [PathStep.Card] = ended && facts.Treatment!.Day < today,
            [PathStep.Aftercare] = ended && facts.Treatment!.Day + Aftercare <= today,
            [PathStep.FollowUp] = ended && NextVisit(facts, today) is null,
        };

        // Photos may be taken later, but before the treatment; what was treated is past all steps before it.
        bool nextFound = stopped;
        var items = new List<PathItem>();
        foreach (PathStep step in Enum.GetValues<PathStep>())
        {
            StepState state = (step, done[step]) switch
            {
                (PathStep.Assess, false) when stopped => StepState.Stopped,
                (PathStep.FollowUp, true) when facts.IsLost => StepState.Left,
                (_, true) => StepState.Done,
                (< PathStep.Treat, _) when ended => StepState.Left,
                (PathStep.Predict, _) when planned && (!onScan || facts.Consented) => StepState.Left,
                _ when !nextFound => StepState.Next,
                _ => StepState.Later,
            };
            nextFound |= state == StepState.Next;
            items.Add(new PathItem(step, state, Address(step, facts)));
        }

        return items;
    }

    /// <summary>The visit that comes next after the treatment; null before it has ended, where the five years are over, and where nobody is to come any more.</summary>
    public static ScheduledVisit? NextVisit(RecordFacts facts, LocalDate today) =>
        facts is { Treatment: { State: TreatmentState.Ended } treatment, IsLost: false } ? FollowUpSchedule.Next(treatment.Day, facts.Visits, today) : null;

    /// <summary>The step that is next; null where the path has stopped.</summary>
    public static PathItem? Next(IReadOnlyList<PathItem> path) => path.FirstOrDefault(item => item.State == StepState.Next);

    private static string Address(PathStep step, RecordFacts facts)
    {
        string record = $"/patients/{facts.PatientId}";
        return step switch
        {
            PathStep.Assess => facts.Assessment is { } assessment && (!assessment.Accepted || !assessment.MayProceed) ? $"/assessments/{assessment.Id}" : $"{record}/assess",
            PathStep.Photos => $"{record}/photos",
            PathStep.Plan => facts.Plan is { } plan ? $"/plans/{plan}"
                : facts.Outline is not null ? $"{record}/outline"
                : facts.UnconfirmedScan is { } scan ? $"/scans/{scan}"
                : $"{record}/scans",
            PathStep.Predict => facts.Plan is { } planned ? $"/plans/{planned}#years" : $"{record}/scans",
            PathStep.Explain => facts.Prediction is { } prediction ? $"/predictions/{prediction}/consultation" : $"{record}/consultation",
            PathStep.Consent => $"{record}/consent",
            PathStep.Treat or PathStep.Card => facts.Treatment is { } treatment ? $"/treatments/{treatment.Id}" : $"{record}/treat",
            PathStep.Aftercare => facts.Treatment is { State: TreatmentState.Ended } treated ? $"/treatments/{treated.Id}/aftercare" : record,
            PathStep.FollowUp => facts.Treatment is { State: TreatmentState.Ended } followed ? $"/treatments/{followed.Id}/outcome" : record,
            _ => record,
        };
    }
}
