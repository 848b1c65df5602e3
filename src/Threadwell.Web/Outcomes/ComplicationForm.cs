using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Outcomes;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>A complication as it was typed.</summary>
public sealed class ComplicationForm
{
    /// <summary>What went wrong.</summary>
    public string? Kind { get; set; }

    /// <summary>Its first day.</summary>
    public string? Onset { get; set; }

    /// <summary>How severe.</summary>
    public string? Severity { get; set; }

    /// <summary>Key of the thread; empty for none.</summary>
    public string? Thread { get; set; }

    /// <summary>Area; empty for none.</summary>
    public string? Area { get; set; }

    /// <summary>Side; empty for both or unknown.</summary>
    public string? Side { get; set; }

    /// <summary>What was found.</summary>
    public string? Finding { get; set; }

    /// <summary>What was done.</summary>
    public string? Action { get; set; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; set; }

    /// <summary>When it had passed.</summary>
    public string? EndedOn { get; set; }

    /// <summary>Revision that the form was filled from.</summary>
    public long Revision { get; set; }

    /// <summary>A complication in the form.</summary>
    public static ComplicationForm Of(Complication complication) => new()
    {
        Kind = complication.Kind.ToString(),
        Onset = ClinicDates.ToType(complication.Onset),
        Severity = complication.Severity.ToString(),
        Thread = complication.ThreadId?.ToString(),
        Area = complication.Area?.ToString(),
        Side = complication.Side?.ToString(),
        Finding = complication.Finding,
        Action = complication.Action,
        Outcome = complication.Outcome.ToString(),
        EndedOn = complication.EndedOn is { } ended ? ClinicDates.ToType(ended) : "",
        Revision = complication.Revision,
    };

    /// <summary>What is wrong with it, a sentence a field.</summary>
    /// <param name="subject">Whose it is, and after which treatment.</param>
    /// <param name="technique">Departures that were ticked.</param>
    /// <param name="text">The texts.</param>
    public FieldProblems Check(ComplicationSubject subject, IReadOnlyList<string> technique, IStringLocalizer<OutcomeText> text)
    {
        var problems = new FieldProblems();
        LocalDate? onset = ClinicDates.Read(Onset);
        LocalDate? ended = ClinicDates.Read(EndedOn);
        bool hasEnd = !string.IsNullOrWhiteSpace(EndedOn);
        Need(nameof(Kind), Enum.TryParse(Kind, out ComplicationKind kind) && Enum.IsDefined(kind), "problem.kind");
        Need(nameof(Severity), Enum.TryParse(Severity, out ComplicationSeverity severity) && Enum.IsDefined(severity), "problem.severity");
        Need(nameof(Outcome), Enum.TryParse(Outcome, out ComplicationOutcome outcome) && Enum.IsDefined(outcome), "problem.ended");
        Need(nameof(Onset), onset is not null, "problem.date");
        Need(nameof(Onset), !(onset < subject.Earliest), subject.TreatmentId is null ? "problem.onset.birth" : "problem.onset.treatment", ClinicDates.ToRead(subject.Earliest));
        Need(nameof(Onset), !(onset > subject.Today), "problem.future");
        Need(nameof(EndedOn), !hasEnd || ended is not null, "problem.date");
        Need(nameof(EndedOn), !(ended < onset), "problem.end.before");
        Need(nameof(EndedOn), !(ended > subject.Today), "problem.future");
        bool passed = outcome is ComplicationOutcome.Resolved or ComplicationOutcome.ResolvedWithTrace;
        Need(nameof(EndedOn), !passed || Outcome is null || hasEnd, "problem.end.needed");
        Need(nameof(EndedOn), passed || Outcome is null || !hasEnd, "problem.end.lasting");
        Need(nameof(Finding), kind != ComplicationKind.Other || Kind is null || !string.IsNullOrWhiteSpace(Finding), "problem.finding");
        Need(nameof(Thread), string.IsNullOrEmpty(Thread) || subject.Threads.Any(thread => thread.Id.ToString() == Thread), "problem.thread");
        Need(nameof(Area), string.IsNullOrEmpty(Area) || (Enum.TryParse(Area, out TreatmentArea area) && Enum.IsDefined(area)), "problem.place");
        Need(nameof(Side), string.IsNullOrEmpty(Side) || (Enum.TryParse(Side, out BodySide side) && Enum.IsDefined(side)), "problem.place");
        Need("Technique", technique.All(id => TechniqueDepartures.Find(id) is not null), "problem.technique");
        Need("Technique", technique.Count < 2 || !technique.Contains(TechniqueDepartures.NoneKnown), "problem.technique");
        return problems;

        void Need(string field, bool fine, string problem, params object[] values)
        {
            if (!fine)
            {
                problems.Add(field, text[problem, values]);
            }
        }
    }

    /// <summary>Writes what was typed, once it was checked.</summary>
    public void WriteTo(Complication complication, ComplicationSubject subject, IReadOnlyList<string> technique)
    {
        ImplantedThread? thread = subject.Threads.FirstOrDefault(candidate => candidate.Id.ToString() == Thread);
        complication.ThreadId = thread?.Id;
        complication.Kind = Enum.Parse<ComplicationKind>(Kind!);
        complication.Onset = ClinicDates.Read(Onset)!.Value;
        complication.Severity = Enum.Parse<ComplicationSeverity>(Severity!);

        // A thread lies where it lies: its place is the complication's unless another was said.
        complication.Area = Enum.TryParse(Area, out TreatmentArea area) ? area : thread?.Area;
        complication.Side = Enum.TryParse(Side, out BodySide side) ? side : thread?.Side;
        complication.Finding = (Finding ?? "").Trim();
        complication.Action = (Action ?? "").Trim();
        complication.Technique = string.Join(' ', TechniqueDepartures.All.Select(departure => departure.Id).Where(technique.Contains));
        complication.Outcome = Enum.Parse<ComplicationOutcome>(Outcome!);
        complication.EndedOn = ClinicDates.Read(EndedOn);
    }

    /// <summary>A new complication of what was typed.</summary>
    public Complication Make(ComplicationSubject subject, Guid? checkIn, IReadOnlyList<string> technique, Guid by, Instant now)
    {
        var made = new Complication
        {
            Id = Guid.CreateVersion7(),
            PatientId = subject.Patient.Id,
            TreatmentId = subject.TreatmentId,
            CheckInId = checkIn,
            Kind = default,
            Onset = default,
            Severity = default,
            Outcome = default,
            RecordedBy = by,
            CreatedAt = now,
        };
        WriteTo(made, subject, technique);
        return made;
    }
}
