using System.Globalization;
using MathNet.Numerics.Distributions;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction.Tests.Learning;

/// <summary>What a clinic's patients say of its lifts, on made-up clinics whose truth is known.</summary>
public class ClinicLearnerTests
{
    private static bool IsLong => Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1";

    // Clinics are drawn as the catalogue believes them to be; 90 % of the intervals must hold the truth. 40 in short, 400 in long.
    [Fact]
    public void A_clinic_is_recovered_within_its_interval_as_often_as_the_interval_says()
    {
        int clinics = IsLong ? 400 : 40;
        double clinicDeviation = EvidenceCatalogue.Value("clinic.lift-ratio-deviation", "1"), treatmentDeviation = EvidenceCatalogue.Value("clinic.treatment-deviation", "1"), scatterDeviation = EvidenceCatalogue.Value("clinic.scatter-deviation", "1");
        var random = new Random(460);
        int ratios = 0, scatters = 0, asked = 0, flagged = 0;
        double inside50 = 0, inside90 = 0;
        for (int clinic = 0; clinic < clinics; clinic++)
        {
            double shared = Normal.Sample(random, 0, clinicDeviation), scatter = Normal.Sample(random, 0, scatterDeviation);
            double[] truth = [shared + Normal.Sample(random, 0, treatmentDeviation), shared + Normal.Sample(random, 0, treatmentDeviation)];
            ClinicDocument learned = ClinicLearner.Learn(MadeUpClinic.Of(clinic, 3 + (clinic % 20), treatment => truth[treatment], scatter, treatments: 2), "cases.json", TestContext.Current.CancellationToken);
            foreach ((TreatmentBelief belief, double real) in learned.Treatments.Zip(truth))
            {
                asked++;
                ratios += Math.Abs(real - belief.Belief.LogRatio) <= 1.645 * belief.Belief.LogRatioDeviation ? 1 : 0;
                scatters += Math.Abs(scatter - belief.Belief.LogScatter) <= 1.645 * belief.Belief.LogScatterDeviation ? 1 : 0;
            }

            flagged += learned.Fit.Fits == false ? 1 : 0;
            (inside50, inside90) = (inside50 + (learned.Fit.Inside50 / clinics), inside90 + (learned.Fit.Inside90 / clinics));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{asked} ratios: {(double)ratios / asked:P1} within 90 %; scatter {(double)scatters / asked:P1}; {flagged} of {clinics} called a misfit; of visits {inside50:P1} inside 50 %, {inside90:P1} inside 90 %"));
        (double low, double high) = IsLong ? (0.85, 0.95) : (0.78, 0.98);
        Assert.InRange((double)ratios / asked, low, high);
        Assert.InRange((double)scatters / asked, low, high);
        (double narrow, double most) = IsLong ? (0.03, 0.03) : (0.1, 0.1);
        Assert.InRange(inside50, 0.5 - narrow, 0.5 + narrow);
        Assert.InRange(inside90, 0.9 - (0.6 * narrow), 0.9 + (0.6 * narrow));
        Assert.True(flagged <= most * clinics, $"{flagged}");
    }

    [Fact]
    public void Few_patients_leave_the_belief_near_what_was_believed_before_and_many_do_not()
    {
        double[] learned = [.. ((int[])[1, 4, 40]).Select(patients => ClinicLearner.Learn(MadeUpClinic.Of(5, patients, _ => -0.5), "x", TestContext.Current.CancellationToken).Treatments[0].Belief.LogRatio)];
        Assert.True(learned[0] > learned[2] && learned[2] is > -0.62 and < -0.38, string.Join(" ", learned));
        Assert.True(learned[0] > -0.45);
        ClinicDocument one = ClinicLearner.Learn(MadeUpClinic.Of(5, 1, _ => -0.5), "x", TestContext.Current.CancellationToken), many = ClinicLearner.Learn(MadeUpClinic.Of(5, 40, _ => -0.5), "x", TestContext.Current.CancellationToken);
        Assert.True(many.Treatments[0].Belief.LogRatioDeviation < 0.5 * one.Treatments[0].Belief.LogRatioDeviation);
        Assert.Null(one.Fit.Fits);
        Assert.True(many.Fit.Fits);

        // A treatment that nobody had follows the clinic, less surely.
        Assert.True(many.Other.LogRatio < -0.25 && many.Other.LogRatioDeviation > many.Treatments[0].Belief.LogRatioDeviation);
        Assert.True(many.Other.LogRatioDeviation < many.Prior.LogRatioDeviation);
    }

    [Fact]
    public void Lifts_that_fall_faster_than_predicted_and_patients_beyond_all_bands_are_called_a_misfit()
    {
        ClinicDocument falling = ClinicLearner.Learn(MadeUpClinic.Of(1, 20, _ => 0, real: (day, lift) => lift * (day > 100 ? 0.3 : 1.2)), "x", TestContext.Current.CancellationToken);
        Assert.False(falling.Fit.Fits);
        Assert.Contains(falling.Fit.Misfits, misfit => misfit is ClinicMisfit.Middle or ClinicMisfit.Late or ClinicMisfit.Early);
        ClinicDocument far = ClinicLearner.Learn(MadeUpClinic.Of(2, 12, _ => 1.3), "x", TestContext.Current.CancellationToken);
        Assert.Contains(ClinicMisfit.Range, far.Fit.Misfits);

        // Seven of twenty patients who lost nearly everything by the first visit, and three, of whom chance is to blame as well.
        ClinicCase[] patients = MadeUpClinic.Of(3, 20, _ => 0);
        ClinicDocument Lost(int losers) => ClinicLearner.Learn([.. patients.Select((patient, at) => at >= losers ? patient : patient with { Observations = [.. patient.Observations.Select(one => one with { PositionMm = one.PositionMm + (at % 2 == 0 ? -4 : 4) })] })], "x", TestContext.Current.CancellationToken);
        ClinicDocument scattered = Lost(7), few = Lost(3);
        Assert.Equal(60, scattered.Fit.Tenths.Sum());
        Assert.Contains(ClinicMisfit.Scatter, scattered.Fit.Misfits);
        Assert.DoesNotContain(ClinicMisfit.Scatter, few.Fit.Misfits);

        // Of fewer than five nothing is said, whatever they are.
        Assert.Equal((null, 0), (Judged(3).Fits, Judged(3).Misfits.Count));
        Assert.False(Judged(6).Fits);

        static ClinicFit Judged(int count) => ClinicLearner.Learn(MadeUpClinic.Of(2, count, _ => 1.6), "x", TestContext.Current.CancellationToken).Fit;
    }

    [Fact]
    public void The_order_of_the_patients_does_not_matter()
    {
        ClinicCase[] patients = MadeUpClinic.Of(4, 7, _ => 0.2, treatments: 2);
        Assert.Equal(PlanJson.ToBytes(ClinicLearner.Learn(patients, "x", TestContext.Current.CancellationToken)), PlanJson.ToBytes(ClinicLearner.Learn([.. patients.Reverse()], "x", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void What_does_not_go_together_is_refused_at_its_place()
    {
        ClinicCase[] patients = MadeUpClinic.Of(4, 3, _ => 0);
        Assert.Equal("cases", Refused([]).Place);
        Assert.Equal("prediction", Refused([patients[0], patients[0] with { Name = "again" }]).Place);
        Assert.Equal("cases", Refused([patients[0], patients[1] with { Name = "p000" }]).Place);
        Assert.Equal("samples", Refused([patients[0], patients[1] with { Prediction = patients[1].Prediction with { ModelVersion = "1" }, Samples = patients[1].Samples with { ModelVersion = "1" } }]).Place);
        Assert.Equal("observations", Refused([patients[0] with { Observations = [] }]).Place);
        Assert.Equal("observations[0].landmark", Refused([patients[0] with { Observations = [patients[0].Observations[0] with { Landmark = "chin" }] }]).Place);
        ClinicDocument learned = ClinicLearner.Learn(patients[..2], "x", TestContext.Current.CancellationToken);
        (PredictionDocument moved, EnsembleSamples samples) = ClinicRecalibration.Apply(patients[2].Prediction, patients[2].Samples, learned, "clinic.json");
        Assert.Equal("prediction", Refused([new ClinicCase("p2", moved, samples, patients[2].Observations, "v")]).Place);

        static InvalidInputException Refused(ClinicCase[] cases) => Assert.Throws<InvalidInputException>(() => ClinicLearner.Learn(cases, "cases.json", TestContext.Current.CancellationToken));
    }
}
