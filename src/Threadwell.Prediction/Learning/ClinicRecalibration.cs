using MathNet.Numerics.Distributions;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Moves a prediction by what a clinic's measured patients say of its lifts.</summary>
public static class ClinicRecalibration
{
    /// <summary>Moves a prediction that was just computed, with the fields that its pictures need.</summary>
    /// <param name="prediction">The prediction, with bands.</param>
    /// <param name="clinic">What was learned, as <see cref="ClinicFile"/> lets it through.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It was learned with another model or other facts, or the prediction has no bands.</exception>
    public static CoursePrediction Apply(CoursePrediction prediction, ClinicDocument clinic, string source)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        EnsembleSamples before = prediction.Samples ?? throw new InvalidInputException(source, null, CourseLearner.NoBands);
        (PredictionDocument document, EnsembleSamples samples) = Apply(prediction.Document, before, clinic, source);
        double ratio = Math.Exp(document.Clinic!.Belief.LogRatio);
        return new CoursePrediction
        {
            Document = document,
            Samples = samples,
            Plan = prediction.Plan,
            Scan = prediction.Scan,
            Tissue = prediction.Tissue,
            Treated = [.. prediction.Treated.Zip(prediction.Untreated, (treated, untreated) => treated.Zip(untreated, (with, without) => without + (ratio * (with - without))).ToArray())],
            Untreated = prediction.Untreated,
            ThreadPaths = prediction.ThreadPaths,
            NewCollagen = prediction.NewCollagen,
        };
    }

    /// <summary>Moves a prediction and the courses behind its bands. The lift of the single course is multiplied by the middle ratio; each drawn course gets a ratio and a scatter of its own from what is believed.</summary>
    /// <param name="prediction">The prediction, with bands.</param>
    /// <param name="samples">The courses behind its bands.</param>
    /// <param name="clinic">What was learned, as <see cref="ClinicFile"/> lets it through.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It was learned with another model or other facts, the prediction has no bands, the courses are not its own, or it was moved already.</exception>
    public static (PredictionDocument Prediction, EnsembleSamples Samples) Apply(PredictionDocument prediction, EnsembleSamples samples, ClinicDocument clinic, string source)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(clinic);
        CourseLearner.CheckCourses(prediction, samples, source);
        if (prediction.Clinic is not null)
        {
            throw new InvalidInputException(source, null, "the prediction was already moved by a clinic's patients.");
        }

        CheckModel(clinic, samples.ModelVersion, samples.Facts, source);
        if (clinic.Cases.FirstOrDefault(patient => patient.InputSha256 == prediction.InputSha256) is { } among)
        {
            throw new InvalidInputException(source, "cases", $"this prediction is that of '{among.Name}', whose visits are in what was learned: they would count twice. Recalibrate without her, or leave the clinic out.");
        }

        TreatmentBelief? alike = clinic.Treatments.FirstOrDefault(one => one.Treatment == (samples.Treatment ?? ""));
        var moved = new ClinicSource(clinic.Patients, alike?.Patients ?? 0, alike?.Belief ?? clinic.Other, clinic.Fit.Fits);
        SampleCourse[] courses = Moved(samples, moved.Belief, prediction.Seed);
        double ratio = Math.Exp(moved.Belief.LogRatio);
        LandmarkCourse[] landmarks = [.. prediction.Landmarks.Select(landmark => landmark with { LiftMm = [.. landmark.LiftMm.Select(lift => ratio * lift)] })];
        double[] times = [.. prediction.TimesDays];
        EnsembleDocument bands = EnsembleRunner.Document(courses, landmarks, times, prediction.Ensemble!.ReducedModel) with { Failed = prediction.Ensemble.Failed };
        PredictionDocument document = prediction with
        {
            Landmarks = landmarks,
            Summary = CourseSummary.Of(times, landmarks, [.. prediction.SupportIndex], [.. prediction.UntreatedSupportIndex]),
            Ensemble = bands,
            Clinic = moved,
            Warnings = [.. Rebound.Moved(prediction.Warnings, prediction.Landmarks, landmarks, prediction.Threads), .. Said(moved)],
        };
        EnsembleSamples drawn = samples with { Courses = [.. samples.Courses.Select((course, index) => course with { LiftMm = [.. courses[index].LiftMm.Select(curve => curve.Select(lift => Math.Round(lift, 4)).ToArray())] })] };
        return (document, drawn);
    }

    /// <summary>Refuses what was learned with another model than the one that predicts now, before anything is computed.</summary>
    /// <param name="clinic">What was learned.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It was learned with another model or other facts.</exception>
    public static void CheckModel(ClinicDocument clinic, string source)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        CheckModel(clinic, CoursePredictor.ModelVersion, UncertainFacts.All.Select(one => one.Fact.Name), source);
    }

    private static void CheckModel(ClinicDocument clinic, string modelVersion, IEnumerable<string> facts, string source)
    {
        if (clinic.ModelVersion != modelVersion || clinic.FactsSha256 != ClinicLearner.FactsSha256(facts))
        {
            throw new InvalidInputException(source, null, $"it was learned with model {clinic.ModelVersion} or with other uncertain numbers, the prediction is of model {modelVersion}: predict its patients again with this one, then recalibrate again.");
        }
    }

    private static IEnumerable<string> Said(ClinicSource moved)
    {
        double ratio = Math.Exp(moved.Belief.LogRatio);
        (double low, double high) = ClinicBelief.NineInTen(moved.Belief.LogRatio, moved.Belief.LogRatioDeviation);
        yield return FormattableString.Invariant(
            $"Recalibrated on this clinic's measured patients ({moved.Patients}, treated like this {moved.TreatedAlike}): the lift is {ratio:0.00} times what the model alone predicts ({low:0.00} to {high:0.00}).");
        if (moved.Fits == false)
        {
            yield return "The measured patients of this clinic do not fit the recalibrated model: its bands may be wrong.";
        }
    }

    // The draws of the clinic's numbers are coordinates beyond those of the courses' own, and beyond the one that measurements take.
    private static SampleCourse[] Moved(EnsembleSamples samples, ClinicBelief belief, int seed)
    {
        int first = samples.Facts.Count + 1;
        var draw = new SobolSequence(first + 2, seed);
        double[][] means = [.. samples.Landmarks.Select((_, landmark) => samples.TimesDays.Select((_, time) => samples.Courses.Average(course => course.LiftMm[landmark][time])).ToArray())];
        return [.. samples.Courses.Select((course, index) =>
        {
            double ratio = Math.Exp(Normal.InvCDF(belief.LogRatio, belief.LogRatioDeviation, draw[index, first]));
            double scatter = Math.Exp(Normal.InvCDF(belief.LogScatter, belief.LogScatterDeviation, draw[index, first + 1]));
            return new SampleCourse(
                [.. course.LiftMm.Select((curve, landmark) => curve.Select((lift, time) => ratio * (means[landmark][time] + (scatter * (lift - means[landmark][time])))).ToArray())],
                [.. course.UntreatedMm.Select(curve => curve.ToArray())],
                [.. course.SupportIndex],
                [.. course.UntreatedSupportIndex]);
        })];
    }
}
