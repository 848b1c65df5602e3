using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>What happens to a thread over steps: locking, slip, degradation, states saved and restored.</summary>
public sealed class ThreadCourseTests
{
    [Fact]
    public void AnchorTakesExactlyThePull()
    {
        ThreadStation[] stations = ThreadFixture.Row(10, 2, anchored: true);
        var system = new ThreadSystem(stations.Length, [ThreadFixture.Straight(stations, 100, 30, 0.5, 0.5) with { PullN = 1.7 }]);
        double[] still = new double[3 * stations.Length];
        system.Commit(still);
        Assert.Equal(1.7, system.Report(0).AnchorReactionN, 1e-9);
        system.Commit(still);
        ThreadReport report = system.Report(0);
        Assert.Equal(1.7, report.AnchorReactionN, 1e-9);
        Assert.Equal(1.7, report.Barbs.Sum(barb => barb.LoadN), 1e-9);
        Assert.Equal(1.7, report.TensionN[0], 1e-9);
    }

    [Fact]
    public void SlipIsKeptWhenTheTissueComesBack()
    {
        ThreadStation[] stations = ThreadFixture.Row(1, 5, anchored: true);
        var system = new ThreadSystem(2, [ThreadFixture.Straight(stations, 1000, 30, 0.5, 0.5, sliding: 0.2)]);
        double compliance = (1 / 0.5) + (5.0 / 1000) + (1.0 / 1000);
        system.Commit(ThreadFixture.AlongX(0, 3));
        BarbReport out1 = system.Report(0).Barbs[0];
        Assert.Equal(0.5, out1.LoadN, 1e-7);
        double slip = 3 - (0.5 * compliance);
        Assert.Equal(slip, out1.SlipMm, 1e-7);
        Assert.True(out1.Slipped);
        Assert.Equal(0, out1.MarginN, 1e-12);

        system.Commit(ThreadFixture.AlongX(0, 2.5));
        BarbReport back = system.Report(0).Barbs[0];
        Assert.Equal(out1.SlipMm, back.SlipMm);
        Assert.Equal((2.5 - out1.SlipMm) / compliance, back.LoadN, 1e-12);
        Assert.Equal(0.5 - back.LoadN, back.MarginN, 1e-12);

        // Further back the cable goes slack and carries nothing.
        system.Commit(ThreadFixture.AlongX(0, 0));
        Assert.Equal(0, system.Report(0).Barbs[0].LoadN, 1e-12);
        Assert.Equal(out1.SlipMm, system.Report(0).Barbs[0].SlipMm);
    }

    /// <summary>A barb that is worked loose by a share of its stretch again and again, in tissue that stays where it is, keeps (1 - share)^n of its load; that is no slip at its limit.</summary>
    [Fact]
    public void WorkingLooseTakesAShareOfTheLoadEachTime()
    {
        const double share = 0.2;
        ThreadStation[] stations = ThreadFixture.Row(1, 5, anchored: true);
        var system = new ThreadSystem(2, [ThreadFixture.Straight(stations, 1e9, 1e9, 5, 0.5)]);
        double[] drawn = ThreadFixture.AlongX(0, 0.6);
        system.Commit(drawn);
        double load = system.Report(0).Barbs[0].LoadN, loose = 0;
        for (int step = 1; step <= 3; step++)
        {
            loose += system.Loosen(0, share);
            system.Commit(drawn);
            BarbReport barb = system.Report(0).Barbs[0];
            Assert.Equal(load * Math.Pow(1 - share, step), barb.LoadN, 2e-3 * load);
            Assert.Equal(loose, barb.LoosenedMm, 1e-12);
            Assert.False(barb.Slipped);
        }

        double[] saved = system.SaveState();
        system.Loosen(0, 1);
        system.RestoreState(saved);
        system.Commit(drawn);
        Assert.Equal(loose, system.Report(0).Barbs[0].LoosenedMm, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => system.Loosen(0, 1.1));
    }

    [Fact]
    public void SymmetricThreadIsLoadedSymmetrically()
    {
        ThreadStation[] stations = new EmbeddedThread([default, new(60, 0, 0)]).LayOut(0.5, bidirectional: true, anchored: false, 60);
        ThreadDefinition thread = ThreadFixture.Straight(stations, 100, 30, 0.2, 0.5) with { GatherMm = EmbeddedThread.PlaceGather(stations, 4) };
        var system = new ThreadSystem(stations.Length, [thread]);
        system.Commit(ThreadFixture.AlongX([.. stations.Select(station => -0.03 * (station.AxialMm - 30))]));
        ThreadReport report = system.Report(0);
        int barbs = report.Barbs.Length;
        Assert.Equal(30, barbs);
        Assert.True(report.LargestTensionN > 1);
        for (int barb = 0; barb < barbs / 2; barb++)
        {
            Assert.Equal(report.Barbs[barb].LoadN, -report.Barbs[barbs - 1 - barb].LoadN, 1e-10);
            Assert.Equal(report.Barbs[barb].SlipMm, -report.Barbs[barbs - 1 - barb].SlipMm, 1e-6);
            Assert.True(report.Barbs[barb].LoadN < 0);
        }
    }

    [Fact]
    public void FallingHoldingForceReleasesLoadForGood()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        double before = system.Report(0).LargestTensionN;
        SetAll(system, 100, 30, holding: 0.05, bond: 0.5);
        system.Commit(displacement);
        ThreadReport weak = system.Report(0);
        Assert.Equal(0.05 * 5, weak.LargestTensionN, 1e-6);
        Assert.True(weak.LargestTensionN < before);
        Assert.All(weak.Barbs, barb => Assert.True(barb.Slipped));
        Assert.True(weak.PulledThrough);

        SetAll(system, 100, 30, holding: 0.5, bond: 0.5);
        system.Commit(displacement);
        Assert.Equal(weak.LargestTensionN, system.Report(0).LargestTensionN, 1e-6);
    }

    [Fact]
    public void ACableCarriesNoMoreThanItsStrengthAndDoesNotHeal()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        Assert.False(system.Report(0).Broken);
        SetAll(system, 100, strength: 0.3, holding: 0.5, bond: 0.5);
        system.Commit(displacement);
        Assert.True(system.Report(0).Broken);
        Assert.Equal(0.3, system.Report(0).LargestTensionN, 1e-12);
        SetAll(system, 100, strength: 30, holding: 0.5, bond: 0.5);
        system.Commit(displacement);
        Assert.Equal(0.3, system.Report(0).LargestTensionN, 1e-9);
        SetAll(system, 100, strength: 0, holding: 0.5, bond: 0.5);
        system.Commit(displacement);
        Assert.Equal(0, system.Report(0).LargestTensionN);
        Assert.All(system.Report(0).Barbs, barb => Assert.Equal(0, barb.LoadN, 1e-12));
    }

    [Fact]
    public void FragmentsCarryNothing()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        SetAll(system, 0.0999, 30, holding: 0.5, bond: 0.5);
        var gradient = new double[displacement.Length];
        Assert.Equal(0, system.AddEnergyAndGradient(displacement, gradient));
        system.Linearise(displacement);
        system.AddStiffnessTimes(displacement, gradient);
        Assert.All(gradient, value => Assert.Equal(0, value));
        system.Commit(displacement);
        Assert.True(system.Report(0).Fragmented);
        Assert.Equal(0, system.Report(0).LargestTensionN);
        Assert.All(system.Report(0).Barbs, barb => Assert.Equal(0, barb.LoadN));
    }

    [Fact]
    public void WhatStiffensABondIsBornFreeOfStress()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        double[] before = [.. system.Report(0).Barbs.Select(barb => barb.LoadN)];
        SetAll(system, 100, 30, holding: 0.5, bond: 2);
        system.Commit(displacement);
        BarbReport[] after = system.Report(0).Barbs;
        for (int barb = 0; barb < before.Length; barb++)
        {
            Assert.Equal(before[barb], after[barb].LoadN, 1e-12);
            Assert.False(after[barb].Slipped);
        }
    }

    [Fact]
    public void NearFieldComplianceIsInSeriesWithTheBond()
    {
        ThreadStation[] stations = ThreadFixture.Row(1, 5, anchored: true);
        ThreadDefinition thread = ThreadFixture.Straight(stations, 1000, 30, 5, 0.5) with { NearField = [NearFieldCurve.Linear(4)] };
        var system = new ThreadSystem(2, [thread]);
        system.Commit(ThreadFixture.AlongX(0, 3));
        Assert.Equal(3 / ((1 / 0.5) + 4 + 0.005 + 0.001), system.Report(0).Barbs[0].LoadN, 1e-12);
    }

    [Fact]
    public void InstalledInDisplacedTissueAThreadStartsUnloaded()
    {
        ThreadStation[] stations = ThreadFixture.Row(4, 2, anchored: true);
        var system = new ThreadSystem(stations.Length, [ThreadFixture.Straight(stations, 100, 30, 0.5, 0.5)]);
        double[] displacement = ThreadFixture.AlongX(1, 1.2, 1.5, 1.9, 2.4);
        system.Install(displacement);
        var gradient = new double[displacement.Length];
        Assert.Equal(0, system.AddEnergyAndGradient(displacement, gradient), 1e-15);
        Assert.All(gradient, value => Assert.Equal(0, value, 1e-15));
    }

    [Fact]
    public void ARestoredStateContinuesToTheSameBits()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        SetAll(system, 80, 20, holding: 0.1, bond: 0.6);
        system.Commit(displacement);
        double[] saved = system.SaveState();

        (ThreadSystem other, _) = Gathered();
        other.RestoreState(saved);
        Assert.Equal(saved, other.SaveState());
        foreach (ThreadSystem one in new[] { system, other })
        {
            SetAll(one, 60, 10, holding: 0.08, bond: 0.7);
            one.Commit(ThreadFixture.AlongX([.. Enumerable.Range(0, displacement.Length / 3).Select(node => 0.1 * node)]));
        }

        Assert.Equal(system.SaveState(), other.SaveState());
        Assert.Throws<ArgumentException>(() => other.RestoreState(saved.AsSpan(1)));
    }

    [Fact]
    public void EvaluationAllocatesNothing()
    {
        (ThreadSystem system, double[] displacement) = Gathered();
        var gradient = new double[displacement.Length];
        long Spent()
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            system.AddEnergyAndGradient(displacement, gradient);
            system.Linearise(displacement);
            system.AddStiffnessTimes(displacement, gradient);
            system.Commit(displacement);
            return GC.GetAllocatedBytesForCurrentThread() - start;
        }

        Spent();
        Assert.Equal(0, Spent());
    }

    [Fact]
    public void InconsistentDefinitionsAreNamed()
    {
        ThreadStation[] stations = ThreadFixture.Row(2, 2, anchored: true);
        ThreadDefinition thread = ThreadFixture.Straight(stations, 100, 30, 0.5, 0.5);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ThreadSystem(3, [thread with { HoldingN = [1] }]));
        Assert.Contains("Thread T", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ThreadSystem(2, [thread]));
        NearFieldCurve near = NearFieldCurve.Linear(4);
        Assert.All(
            [near with { LoadN = [] }, near with { LoadN = [0] }, near with { LoadN = [2, 1], DisplacementMm = [1, 2] }, near with { LoadN = [1, 2], DisplacementMm = [2, 1] }, near with { DisplacementMm = [double.NaN] }],
            wrong => Assert.Contains("near fields whose loads rise", Assert.Throws<ArgumentException>(() => new ThreadSystem(3, [thread with { NearField = [.. thread.HoldingN.Select(_ => wrong)] }])).Message, StringComparison.Ordinal));
    }

    /// <summary>A self-anchored thread of ten barbs gathered by 2 mm in tissue that stays where it is.</summary>
    private static (ThreadSystem System, double[] Displacement) Gathered()
    {
        ThreadStation[] stations = new EmbeddedThread([default, new Vector3D(20, 0, 0)]).LayOut(0.5, bidirectional: true, anchored: false, 20);
        ThreadDefinition thread = ThreadFixture.Straight(stations, 100, 30, 0.6, 0.5) with { GatherMm = EmbeddedThread.PlaceGather(stations, 2) };
        var system = new ThreadSystem(stations.Length, [thread]);
        var displacement = new double[3 * stations.Length];
        system.Commit(displacement);
        return (system, displacement);
    }

    private static void SetAll(ThreadSystem system, double stiffness, double strength, double holding, double bond) =>
        system.SetState(0, stiffness, strength, [.. Enumerable.Repeat(holding, 10)], [.. Enumerable.Repeat(bond, 10)]);
}
