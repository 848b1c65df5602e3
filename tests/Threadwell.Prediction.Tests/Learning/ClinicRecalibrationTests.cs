using System.Text;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction.Tests.Learning;

/// <summary>The next patient's prediction after a clinic's others were measured.</summary>
public class ClinicRecalibrationTests
{
    private static readonly ClinicDocument Clinic = ClinicLearner.Learn(MadeUpClinic.Of(6, 25, _ => -0.4), "x", default);

    [Fact]
    public void The_next_patients_lift_is_moved_and_says_by_what()
    {
        (PredictionDocument before, EnsembleSamples samples) = MadeUpClinic.Predicted(77, "jawline/0");
        (PredictionDocument after, EnsembleSamples drawn) = ClinicRecalibration.Apply(before, samples, Clinic, "clinic.json");
        ClinicBelief belief = Clinic.Treatments[0].Belief;
        Assert.Equal(new ClinicSource(25, 25, belief, true), after.Clinic);
        Assert.Equal(before.Summary.LiftNowMm * Math.Exp(belief.LogRatio), after.Summary.LiftNowMm, 1e-9);
        Assert.InRange(belief.LogRatio, -0.4 - (3 * belief.LogRatioDeviation), -0.4 + (3 * belief.LogRatioDeviation));

        // The middle of skewed courses moves a little otherwise than their mean.
        Assert.Equal(Math.Exp(belief.LogRatio), after.Ensemble!.Summary.LiftNowMm.Median!.Value / before.Ensemble!.Summary.LiftNowMm.Median!.Value, 0.08);
        Assert.True(after.Ensemble.Summary.LiftNowMm.Low90 < after.Summary.LiftNowMm && after.Summary.LiftNowMm < after.Ensemble.Summary.LiftNowMm.High90);
        Assert.StartsWith("Recalibrated on this clinic's measured patients (25, treated like this 25): the lift is 0.", after.Warnings[^1], StringComparison.Ordinal);

        // What no visit measures stays.
        Assert.Equal(before.SupportIndex, after.SupportIndex);
        Assert.Equal(before.Ensemble.SupportIndex.Median, after.Ensemble.SupportIndex.Median);
        Assert.Equal(samples.Courses[3].UntreatedMm, drawn.Courses[3].UntreatedMm);

        // And it can be learned from as any prediction.
        FollowUpObservation visit = new() { Day = 90, Landmark = "jowl.left", PositionMm = 1.2, ErrorMm = 0.3 };
        Assert.Equal(after.Ensemble.Summary.LiftNowMm, CourseLearner.Learn(after, drawn, [visit], "v").Prior.Summary.LiftNowMm);
        Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(after, drawn, Clinic, "clinic.json"));

        // Whose visits are in what was learned is not moved by them a second time.
        (PredictionDocument among, EnsembleSamples own) = MadeUpClinic.Predicted(3, "jawline/0");
        Assert.Contains("that of 'p003'", Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(among, own, Clinic, "clinic.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rebound_is_told_of_the_lift_that_was_moved_at_the_place_where_it_stood()
    {
        (PredictionDocument before, EnsembleSamples samples) = Fallen(-0.5, -0.025);
        Assert.Equal(2, before.Warnings.Count(IsOfRebound));
        PredictionDocument moved = ClinicRecalibration.Apply(PlanJson.Parse<PredictionDocument>(PlanJson.ToBytes(before), "prediction.json"), samples, Clinic, "clinic.json").Prediction;
        double ratio = Math.Exp(Clinic.Treatments[0].Belief.LogRatio);
        Assert.Equal("first", moved.Warnings[0]);
        Assert.StartsWith(FormattableString.Invariant($"jowl.left comes to lie up to {0.5 * ratio:0.00} mm below"), moved.Warnings[1], StringComparison.Ordinal);
        Assert.Equal("last", moved.Warnings[2]);

        // The other landmark's, moved, is within what is not told.
        Assert.True(0.025 * ratio < Rebound.ToleranceMm);
        Assert.Equal(4, moved.Warnings.Count);

        // What is learned of the patient moves it again.
        PredictionDocument learned = CourseLearner.Learn(before, samples, [new FollowUpObservation { Day = 720, Landmark = "jowl.left", PositionMm = -3, ErrorMm = 0.2 }], "v").Posterior;
        double? below = Rebound.BelowUntreatedMm(learned.Landmarks[0], learned.Threads);
        Assert.True(below > 0.6);
        Assert.StartsWith(FormattableString.Invariant($"jowl.left comes to lie up to {below:0.00} mm below"), Assert.Single(learned.Warnings, warning => IsOfRebound(warning) && warning.Contains("left", StringComparison.Ordinal)), StringComparison.Ordinal);

        static bool IsOfRebound(string warning) => warning.Contains("below the untreated course", StringComparison.Ordinal);
    }

    // A patient whose threads are gone by the last visit, and whose landmarks then lie there on the middle.
    private static (PredictionDocument Prediction, EnsembleSamples Samples) Fallen(double leftMm, double rightMm)
    {
        (PredictionDocument prediction, EnsembleSamples samples) = MadeUpClinic.Predicted(77, "jawline/0");
        double[] fall = [leftMm - prediction.Landmarks[0].LiftMm[^1], rightMm - prediction.Landmarks[1].LiftMm[^1]];
        double[] Fall(IReadOnlyList<double> lift, int landmark) => [.. lift.SkipLast(1), lift[^1] + fall[landmark]];
        LandmarkCourse[] landmarks = [.. prediction.Landmarks.Select((landmark, at) => landmark with { LiftMm = Fall(landmark.LiftMm, at) })];
        double[] none = new double[prediction.TimesDays.Count];
        var thread = new ThreadCourse { Id = "L1", Strength = none, Stiffness = none, Mass = [.. Enumerable.Repeat(1.0, none.Length - 1), 0], TensionN = none, Collagen = none, Elastin = none, SlippedBarbs = new int[none.Length] };
        return (
            prediction with { Landmarks = landmarks, Threads = [thread], Warnings = ["first", .. Rebound.Warnings(landmarks, [thread]), "last"] },
            samples with { Courses = [.. samples.Courses.Select(course => course with { LiftMm = [.. course.LiftMm.Select(Fall)] })] });
    }

    // One patient who happened to come out just as predicted is no reason to believe the next one's band narrower than the model's own.
    [Fact]
    public void Few_patients_do_not_narrow_a_band_and_another_treatment_has_a_wider_one()
    {
        (PredictionDocument before, EnsembleSamples samples) = MadeUpClinic.Predicted(77, "jawline/0");
        ClinicCase[] one = [.. MadeUpClinic.Of(6, 1, _ => 0).Select(patient => patient with
        {
            Observations = [.. patient.Observations.Select(visit => visit with { PositionMm = CourseTimes.At(patient.Prediction.Landmarks[0].LiftMm, patient.Prediction.TimesDays, visit.Day) - (0.0004 * visit.Day) })],
        })];
        double own = Width(before), few = Width(ClinicRecalibration.Apply(before, samples, ClinicLearner.Learn(one, "x", TestContext.Current.CancellationToken), "c").Prediction);
        Assert.True(few >= own, $"{few} {own}");
        double same = Width(ClinicRecalibration.Apply(before, samples, Clinic, "c").Prediction), other = Width(ClinicRecalibration.Apply(before, samples with { Treatment = "neck/pcl" }, Clinic, "c").Prediction);
        Assert.True(other > same, $"{other} {same}");

        static double Width(PredictionDocument document) => document.Ensemble!.Summary.LiftNowMm is var band ? (band.High90!.Value - band.Low90!.Value) / band.Median!.Value : 0;
    }

    [Fact]
    public void Another_model_other_facts_and_no_bands_are_refused_and_a_misfit_is_said()
    {
        (PredictionDocument before, EnsembleSamples samples) = MadeUpClinic.Predicted(77, "jawline/0");
        Assert.Contains("recalibrate again", Assert.Throws<InvalidInputException>(() => ClinicRecalibration.CheckModel(Clinic, "c")).Message, StringComparison.Ordinal);
        Assert.Contains("recalibrate again", Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(before, samples, Clinic with { ModelVersion = "9" }, "c")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(before, samples, Clinic with { FactsSha256 = new string('0', 64) }, "c"));
        Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(before with { Ensemble = null }, samples, Clinic, "c"));
        Assert.Throws<InvalidInputException>(() => ClinicRecalibration.Apply(before, samples with { InputSha256 = "other" }, Clinic, "c"));
        PredictionDocument said = ClinicRecalibration.Apply(before, samples, Clinic with { Fit = Clinic.Fit with { Fits = false, Misfits = [ClinicMisfit.Late] } }, "c").Prediction;
        Assert.Contains("do not fit", said.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_read_back_as_it_was_written()
    {
        byte[] bytes = PlanJson.ToBytes(Clinic);
        Assert.Equal(bytes, PlanJson.ToBytes(ClinicFile.Parse(bytes, "clinic.json")));
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion")]
    [InlineData("\"modelVersion\": \"0\"", "\"modelVersion\": \"\"", "modelVersion")]
    [InlineData("\"factsSha256\": \"", "\"factsSha256\": \"X", "factsSha256")]
    [InlineData("\"patients\": 25,", "\"patients\": 0,", "patients")]
    [InlineData("\"patients\": 25,", "\"patients\": 24,", "treatments")]
    [InlineData("\"logRatioDeviation\": 0", "\"logRatioDeviation\": -0", "prior")]
    [InlineData("\"inputSha256\": \"", "\"inputSha256\": \"x", "cases[0].inputSha256")]
    [InlineData("\"fits\": true", "\"fits\": false", "fit.fits")]
    [InlineData("\"prior\": {", "\"other\": {}, \"prior\": {", "other")]
    public void A_file_that_was_changed_is_refused_at_its_place(string from, string to, string place)
    {
        string text = Encoding.UTF8.GetString(PlanJson.ToBytes(Clinic));
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => ClinicFile.Parse(Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]), "clinic.json"));
        Assert.StartsWith(place, refused.Place, StringComparison.Ordinal);
    }

    // Whatever became of a file: it is refused in a sentence or it can be used.
    [Fact]
    public void A_damaged_file_is_refused_or_can_be_used()
    {
        byte[] whole = PlanJson.ToBytes(Clinic);
        (PredictionDocument prediction, EnsembleSamples samples) = MadeUpClinic.Predicted(77, "jawline/0");
        var random = new Random(462);
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(Math.Min(damaged.Length, 1500));
                damaged = random.Next(3) switch
                {
                    0 => [.. damaged[..at], .. damaged[(at + 1)..]],
                    1 => [.. damaged[..at], (byte)"0123456789-.eE\"{}[],:nul"[random.Next(24)], .. damaged[at..]],
                    _ => damaged[..(random.Next(20) == 0 ? at : damaged.Length)],
                };
            }

            try
            {
                ClinicDocument read = ClinicFile.Parse(damaged, "clinic.json");
                PredictionDocument moved = ClinicRecalibration.Apply(prediction, samples, read, "clinic.json").Prediction;
                Assert.All(moved.Landmarks.SelectMany(landmark => landmark.LiftMm), lift => Assert.True(double.IsFinite(lift)));
                Assert.True(double.IsFinite(moved.Ensemble!.MeanLiftMm.High90[0]));
            }
            catch (InvalidInputException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1000, $"{refused}");
    }
}
