using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Reports;
using Threadwell.Reports.Charts;
using Threadwell.Storage;
using Threadwell.Storage.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Predictions;
using Threadwell.Web.Patients;

namespace Threadwell.Web.Outcomes;

/// <summary>A visit on the plot.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Months">Months since the treatment.</param>
/// <param name="Lift">Lift at marked points with its error, mm; null where none was marked.</param>
/// <param name="Contour">Shift of the contour with its error and what was predicted for the same landmarks, mm; null where the shape does not tell.</param>
/// <param name="Predicted">What the prediction says of that day; null without one.</param>
/// <param name="Measured">What its scan showed; null where it was not measured.</param>
internal sealed record OutcomeRow(FollowUpVisit Visit, double Months, (double LiftMm, double ErrorMm)? Lift, (double ShiftMm, double ErrorMm, double? PredictedMm)? Contour, CourseReading? Predicted, VisitMeasurement? Measured);

/// <summary>All visits of a treatment beside its prediction.</summary>
/// <param name="Subject">The treatment and its visits.</param>
/// <param name="Rows">A row a visit, the first first.</param>
/// <param name="Prediction">The prediction of the version that was carried out (<see cref="TreatmentOutcome.PredictionsOf"/>); null without one.</param>
/// <param name="Stored">That prediction as it is kept; null without one.</param>
internal sealed record OutcomeCourse(VisitSubject Subject, IReadOnlyList<OutcomeRow> Rows, PredictionDocument? Prediction, StoredPrediction? Stored)
{
    /// <summary>The chart, for a page as wide as this.</summary>
    /// <param name="narrow">Drawn for the width of a phone.</param>
    /// <param name="description">The same in words.</param>
    /// <param name="lesson">What the visits taught: the contour of a visit that was learned from stands as the position that it tells.</param>
    public string Chart(bool narrow, string description, VisitLesson? lesson)
    {
        var language = Reports.Documents.DocumentLanguage.Of(CultureInfo.CurrentUICulture.Name);
        return OutcomeChart.ToSvg(
            Prediction,
            [.. Rows.Where(row => row.Lift is not null).Select(row => new MeasuredPoint(row.Months, row.Lift!.Value.LiftMm, row.Lift.Value.ErrorMm))],
            [.. Rows.Where(row => row.Contour is not null && lesson?.Points.ContainsKey(row.Visit.Id) != true).Select(row => new MeasuredPoint(row.Months, row.Contour!.Value.ShiftMm, row.Contour.Value.ErrorMm))],
            Math.Max(Prediction?.Summary.SimulatedMonths ?? 0, Rows.Count == 0 ? 0 : Rows[^1].Months),
            description,
            language,
            narrow,
            learned: lesson?.Learned is { } learned ? new LearnedCourse(learned.Posterior, [.. lesson.Points.Values]) : null);
    }
}

/// <summary>Reads the outcome of a treatment.</summary>
/// <param name="database">The record.</param>
/// <param name="time">The clinic's day.</param>
/// <param name="files">Predictions and measurements.</param>
internal sealed class TreatmentOutcome(ThreadwellContext database, ClinicTime time, FileStore files)
{
    /// <summary>Reads it; null where there is no such treatment.</summary>
    public async Task<OutcomeCourse?> FindAsync(Guid treatment)
    {
        if (await VisitSubject.FindAsync(database, time, treatment) is not { } subject)
        {
            return null;
        }

        StoredPrediction? stored = subject.Case.Treatment.PlanVersionId is { } version ? await PredictionsOf(database, version).FirstOrDefaultAsync() : null;
        PredictionDocument? prediction = stored is null ? null : PlanJson.Parse<PredictionDocument>(files.Read(stored.DocumentSha256!), "prediction");
        return new OutcomeCourse(subject, [.. subject.Visits.Select(visit => Row(subject, visit, prediction))], prediction, stored);
    }

    /// <summary>What the visits of a course taught of its prediction.</summary>
    public VisitLesson Learn(OutcomeCourse course) => VisitLesson.Of(course, files);

    /// <summary>Whole predictions of a version of a plan. The first is the one that visits are held against, on the plot and on the skin: the longest tells most; of equal ones the newest.</summary>
    /// <param name="database">The record.</param>
    /// <param name="version">Key of the version.</param>
    public static IQueryable<StoredPrediction> PredictionsOf(ThreadwellContext database, Guid version) => database.Predictions.AsNoTracking()
        .Where(row => row.PlanVersionId == version && row.State == PredictionState.Done && row.DocumentSha256 != null)
        .OrderByDescending(row => row.Months).ThenByDescending(row => row.CreatedAt);

    private OutcomeRow Row(VisitSubject subject, FollowUpVisit visit, PredictionDocument? prediction)
    {
        double months = Period.DaysBetween(subject.Treated, visit.Day) / CourseReading.DaysPerMonth;
        VisitMeasurement? measured = VisitMeasurement.Of(visit, files);
        return new OutcomeRow(
            visit,
            months,
            visit is { LiftMm: { } lift, LiftErrorMm: { } error } ? (lift, error) : null,
            measured is null ? null : VisitMeasurement.Contour(measured.Document),
            prediction is null ? null : CourseReading.At(prediction, months),
            measured);
    }
}
