using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Clinic;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Treatments;

/// <summary>A booking as it was typed.</summary>
internal sealed class BookingForm
{
    /// <summary>Why it is done.</summary>
    public string? Kind { get; set; }

    /// <summary>The day.</summary>
    public string? Day { get; set; }

    /// <summary>Key of the doctor who treats.</summary>
    public string? Operator { get; set; }

    /// <summary>Key of the facility.</summary>
    public string? Facility { get; set; }

    /// <summary>Room.</summary>
    public string? Room { get; set; }

    /// <summary>"version-KEY" or "outline-KEY".</summary>
    public string? Plan { get; set; }

    /// <summary>The treatment that was typed; null where something is wrong.</summary>
    /// <param name="choices">What may be chosen.</param>
    /// <param name="now">When it is booked.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    public StoredTreatment? Read(BookingChoices choices, Instant now, FieldProblems problems, IStringLocalizer<TreatmentText> text)
    {
        TreatmentKind kind = Kind == nameof(TreatmentKind.ComplicationCare) ? TreatmentKind.ComplicationCare : TreatmentKind.Planned;
        LocalDate? day = ClinicDates.Read(Day);
        Guid doctor = Key(Operator, choices.Doctors.Select(person => person.Id));
        Guid facility = Key(Facility, choices.Facilities.Select(place => place.Id));
        BookablePlan? plan = choices.Plans.FirstOrDefault(candidate => candidate.Value == Plan);
        Check("Form.Day", day is not null, "book.day.wrong");
        Check("Form.Day", day is null || day >= choices.Today, "book.day.past");
        Check("Form.Operator", doctor != Guid.Empty, "book.operator.needed");
        Check("Form.Facility", facility != Guid.Empty, "book.facility.needed");
        if (kind == TreatmentKind.Planned)
        {
            Check("Form.Plan", plan is not null, "book.plan.needed");
            if (day is { } first && Uncovered(choices.Turns, first) is { Count: > 0 } gaps)
            {
                problems.Add("Form.Day", UncoveredWords(gaps, text));
            }
        }

        return problems.None
            ? new StoredTreatment
            {
                Id = Guid.CreateVersion7(),
                PatientId = choices.PatientId,
                Kind = kind,
                State = TreatmentState.Preparing,
                PlanVersionId = kind == TreatmentKind.Planned ? plan!.VersionId : null,
                OutlineId = kind == TreatmentKind.Planned ? plan!.OutlineId : null,
                Day = day!.Value,
                OperatorId = doctor,
                FacilityId = facility,
                Room = (Room ?? "").Trim(),
                CreatedAt = now,
            }
            : null;

        void Check(string field, bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(field, text[problem]);
            }
        }
    }

    /// <summary>The days of the first two weeks from a treatment on which nobody is on call.</summary>
    public static IReadOnlyList<(LocalDate From, LocalDate Until)> Uncovered(IReadOnlyList<OnCallTurn> turns, LocalDate day) =>
        OnCallCalendar.Gaps(turns, day, day.PlusDays(TreatmentGate.OnCallDays - 1));

    /// <summary>Says on which days nobody is on call, and what to do.</summary>
    public static string UncoveredWords(IReadOnlyList<(LocalDate From, LocalDate Until)> gaps, IStringLocalizer<TreatmentText> text) => text[
        "book.uncovered",
        string.Join(", ", gaps.Select(gap => gap.From == gap.Until ? ClinicDates.ToRead(gap.From) : $"{ClinicDates.ToRead(gap.From)} – {ClinicDates.ToRead(gap.Until)}"))];

    private static Guid Key(string? typed, IEnumerable<Guid> known) => Guid.TryParse(typed, out Guid key) && known.Contains(key) ? key : Guid.Empty;
}
