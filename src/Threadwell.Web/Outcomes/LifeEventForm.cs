using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>Events of a life in words.</summary>
internal static class LifeEventWords
{
    /// <summary>What happened, with the change of weight where it is one.</summary>
    public static string Title(LifeEvent life, IStringLocalizer<OutcomeText> text) => life.WeightChangeKg is { } kilograms
        ? text["life.weight", DocumentLanguage.Of(System.Globalization.CultureInfo.CurrentUICulture.Name).Number(kilograms, "+0.#;−0.#;0")]
        : text["life." + life.Kind];
}

/// <summary>An event of a life as it was typed.</summary>
internal sealed class LifeEventForm
{
    // More than anybody gains or loses between two visits.
    private const double LargestChangeKg = 150;

    /// <summary>What happened.</summary>
    public string? Kind { get; set; }

    /// <summary>When.</summary>
    public string? Day { get; set; }

    /// <summary>Change of weight, kg.</summary>
    public string? WeightKg { get; set; }

    /// <summary>Words.</summary>
    public string? Note { get; set; }

    /// <summary>The event that was typed; null where something is wrong.</summary>
    public LifeEvent? Read(Patient patient, LocalDate today, Guid by, Instant now, FieldProblems problems, IStringLocalizer<OutcomeText> text)
    {
        LocalDate? day = ClinicDates.Read(Day);
        double? weight = TypedNumbers.Read(WeightKg, out bool readable);
        bool known = Enum.TryParse(Kind, out LifeEventKind kind) && Enum.IsDefined(kind);
        bool weighs = known && kind == LifeEventKind.WeightChange;
        Need("Form.Kind", known, "problem.kind");
        Need("Form.Kind", !known || kind is not (LifeEventKind.Pregnancy or LifeEventKind.Menopause) || patient.Sex == Anatomy.Sex.Female, "problem.sex");
        Need("Form.Day", day is not null, "problem.date");
        Need("Form.Day", !(day < patient.BirthDate), "problem.onset.birth");
        Need("Form.Day", !(day > today), "problem.future");
        Need("Form.WeightKg", readable && !(Math.Abs(weight ?? 0) > LargestChangeKg), "problem.weight");
        Need("Form.WeightKg", !weighs || weight is not (null or 0), "problem.weight.needed");
        Need("Form.WeightKg", !known || weighs || weight is null, "problem.weight.other");
        Need("Form.Note", !known || kind != LifeEventKind.Other || !string.IsNullOrWhiteSpace(Note), "problem.note");
        return problems.None
            ? new LifeEvent { Id = Guid.CreateVersion7(), PatientId = patient.Id, Kind = kind, Day = day!.Value, WeightChangeKg = weight, Note = (Note ?? "").Trim(), RecordedBy = by, CreatedAt = now }
            : null;

        void Need(string field, bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(field, text[problem, ClinicDates.ToRead(patient.BirthDate)]);
            }
        }
    }
}
