using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>How far the intervals of causes reach of what five minutes of two cores give, on the sample patient; alone, so that all that the processors give is theirs.</summary>
[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class CauseIntervalTests
{
    private const string Alone = nameof(CauseIntervalTests);

    public static TheoryData<TreatmentArea> Areas { get; } = [.. Enum.GetValues<TreatmentArea>()];

    [Theory]
    [MemberData(nameof(Areas))]
    public void IntervalsOfFiveMinutesOfTwoCoresReachNoFurtherThanATenthToEitherSide(TreatmentArea area)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");

        // As the app ends its computation, though by what the processors gave: the same on a machine that has other work.
        const int Cores = 2;
        TimeSpan given = Cores * TimeSpan.FromSeconds(285);
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits { Body = area is TreatmentArea.Abdomen or TreatmentArea.Breast ? VirtualBody.Torso : VirtualBody.Head });
        var options = new PredictionOptions { Samples = CauseAnalysis.UsualSamples, Threads = Cores };
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using var enough = new CancellationTokenSource();
        var end = new EndsWhere(_ => Environment.CpuUsage.TotalTime - before >= given, enough);
        CauseDocument causes = CauseAnalysis.Run(PreviewPlans.Standard(patient, area), patient.Scan, "plan", options, end, TestContext.Current.CancellationToken, enough.Token);
        TestContext.Current.TestOutputHelper!.WriteLine($"{causes.Samples} pairs, {(Environment.CpuUsage.TotalTime - before).TotalSeconds / Cores:0} s of two cores");
        foreach ((OutcomeCauses outcome, CauseShare share) in causes.Outcomes.SelectMany(outcome => outcome.Causes.Select(share => (outcome, share))))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{outcome.Outcome} {share.Cause}: {share.Total:0.00}, {share.TotalLow - share.Total:0.000} to +{share.TotalHigh - share.Total:0.000}; alone {share.Alone:0.00}, {share.AloneLow - share.Alone:0.000} to +{share.AloneHigh - share.Alone:0.000}");
        }

        Assert.Equal(0, causes.Failed);
        Assert.All(causes.Outcomes.SelectMany(outcome => outcome.Causes), share =>
        {
            Assert.InRange(Math.Max(share.Total - share.TotalLow, share.TotalHigh - share.Total), 0, 0.1);
            Assert.InRange(Math.Max(share.Alone - share.AloneLow!.Value, share.AloneHigh!.Value - share.Alone), 0, 0.1);
        });
    }
}
