using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>A removal as it was typed.</summary>
internal sealed class RemovalForm
{
    // Longer than any thread for lifting.
    private const double LongestMm = 500;

    /// <summary>Key of the thread; empty for one of another clinic.</summary>
    public string? Thread { get; set; }

    /// <summary>Key of the complication; empty for none.</summary>
    public string? Complication { get; set; }

    /// <summary>The day.</summary>
    public string? Day { get; set; }

    /// <summary>How much.</summary>
    public string? Extent { get; set; }

    /// <summary>Length, mm.</summary>
    public string? RemovedMm { get; set; }

    /// <summary>What remains.</summary>
    public string? Remains { get; set; }

    /// <summary>Samples and what they grew.</summary>
    public string? Culture { get; set; }

    /// <summary>How it was done.</summary>
    public string? Note { get; set; }

    /// <summary>The removal that was typed; null where something is wrong.</summary>
    /// <param name="choices">What may be chosen.</param>
    /// <param name="doctor">Who did it.</param>
    /// <param name="now">When it is recorded.</param>
    /// <param name="problems">Receives what is wrong, a sentence a field.</param>
    /// <param name="text">The texts.</param>
    public ThreadRemoval? Read(RemovalChoices choices, Guid doctor, Instant now, FieldProblems problems, IStringLocalizer<OutcomeText> text)
    {
        LocalDate? day = ClinicDates.Read(Day);
        double? length = TypedNumbers.Read(RemovedMm, out bool readable);
        (ImplantedThread? thread, LocalDate placed) = choices.Threads.Where(row => row.Thread.Id.ToString() == Thread).Select(row => ((ImplantedThread?)row.Thread, row.Day)).FirstOrDefault();
        Need("Form.Thread", string.IsNullOrEmpty(Thread) || thread is not null, "problem.thread");
        Need("Form.Thread", thread is null || !choices.Gone.Contains(thread.Id), "problem.gone");
        Need("Form.Complication", string.IsNullOrEmpty(Complication) || choices.Complications.Any(row => row.Id.ToString() == Complication), "problem.complication");
        Need("Form.Day", day is not null, "problem.date");
        Need("Form.Day", !(day > choices.Today), "problem.future");
        Need("Form.Day", thread is null || !(day < placed), "problem.day.placed", ClinicDates.ToRead(placed));
        Need("Form.Extent", Enum.TryParse(Extent, out RemovalExtent extent) && Enum.IsDefined(extent), "problem.extent");
        Need("Form.RemovedMm", readable && !(length <= 0) && !(length > LongestMm), "problem.length");
        if (Enum.IsDefined(extent) && Extent is not null)
        {
            Need("Form.RemovedMm", extent != RemovalExtent.Nothing || length is null, "problem.length.nothing");
            Need("Form.Remains", extent != RemovalExtent.Part || !string.IsNullOrWhiteSpace(Remains), "problem.remains");
            Need("Form.Remains", extent != RemovalExtent.Whole || string.IsNullOrWhiteSpace(Remains), "problem.remains.whole");
        }

        return problems.None
            ? new ThreadRemoval
            {
                Id = Guid.CreateVersion7(),
                PatientId = choices.PatientId,
                ThreadId = thread?.Id,
                ComplicationId = Guid.TryParse(Complication, out Guid complication) ? complication : null,
                Day = day!.Value,
                DoctorId = doctor,
                Extent = extent,
                RemovedMm = length,
                Remains = (Remains ?? "").Trim(),
                Culture = (Culture ?? "").Trim(),
                Note = (Note ?? "").Trim(),
                CreatedAt = now,
            }
            : null;

        void Need(string field, bool fine, string problem, params object[] values)
        {
            if (!fine)
            {
                problems.Add(field, text[problem, values]);
            }
        }
    }
}
