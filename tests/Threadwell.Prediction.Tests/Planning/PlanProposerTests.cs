using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Prediction.Tests.Planning;

/// <summary>Proposals for virtual patients: every hard limit, checked by other code than the search's own; symmetry, determinism, refusals.</summary>
public sealed class PlanProposerTests
{
    // A quick search: courses at the ends of the zones only, few plans verified.
    private static readonly ProposalOptions Quick = new() { Pieces = 1, Verified = 3 };

    // Of the limits when a plan is solved anew on a tissue made for it alone.
    private const double OtherMesh = 1.08;

    public static TheoryData<TreatmentArea, ulong> AreasAndPatients
    {
        get
        {
            var cases = new TheoryData<TreatmentArea, ulong>();
            foreach (TreatmentArea area in new[] { TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck, TreatmentArea.Abdomen, TreatmentArea.Breast })
            {
                foreach (ulong seed in new ulong[] { 1, 2, 3 })
                {
                    cases.Add(area, seed);
                }
            }

            return cases;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A wish on one side treats that side alone; the mirrored patient with the mirrored wish gets plans that are as good, of mirrored choices; and again the same, byte for byte, with another number of threads.</summary>
    [Fact]
    public void ProposalsKeepEveryLimitAndAreMirroredAndTheSameEachTime()
    {
        VirtualPatient patient = PreviewPlans.Patient(1);
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Brow);
        PlanProposals left = PlanProposer.Propose(plan, patient.Scan, [new("brow-peak.left", 1)], "plan", Quick, cancellation: Stop);
        Check(left.Document, patient.Scan, plan);
        Assert.All(left.Document.Proposals.SelectMany(proposed => proposed.Plan.Threads), thread => Assert.All(thread.Path, point => Assert.True(point.X > 0)));

        PlanProposals again = PlanProposer.Propose(plan, patient.Scan, [new("brow-peak.left", 1)], "plan", Quick with { Threads = 1 }, cancellation: Stop);
        Assert.Equal(PlanJson.ToBytes(left.Document), PlanJson.ToBytes(again.Document));

        ThreadPlan mirrored = Mirror(plan);
        PlanProposals right = PlanProposer.Propose(mirrored, Mirror(patient.Scan), [new("brow-peak.right", 1)], "plan", Quick, cancellation: Stop);
        Assert.All(right.Document.Proposals.SelectMany(proposed => proposed.Plan.Threads), thread => Assert.All(thread.Path, point => Assert.True(point.X < 0)));
        Check(right.Document, Mirror(patient.Scan), mirrored);

        // The mesh of the mirrored scan is another one (how much is held below), and what just keeps a limit on one may just break it on the other: here a pair of threads. Single ones agree as lifts of one thread on the two meshes do.
        double most = left.Document.Front.Max(point => point.Reached), image = right.Document.Front.Max(point => point.Reached);
        Assert.Equal(most, image, 0.15 * most);
        double MostOfOne(ProposalDocument document) => document.Front.Where(point => point.Threads == 1).Max(point => point.Reached);
        Assert.Equal(MostOfOne(left.Document), MostOfOne(right.Document), 0.05 * MostOfOne(left.Document));

        // What may be chosen from is mirrored exactly; of two choices that are as good as each other the mesh decides.
        ThreadPlaces places = Places(patient.Scan, plan, left: true), images = Places(Mirror(patient.Scan), mirrored, left: false);
        Assert.Equal(places.Places.Count, images.Places.Count);
        foreach ((ThreadPlace place, ThreadPlace other) in places.Places.Zip(images.Places))
        {
            Assert.InRange(Vector3D.Distance(place.Paths[0][0], Mirror(other.Paths[0][0])), 0, 0.01);
            Assert.InRange(Vector3D.Distance(place.Paths[0][^1], Mirror(other.Paths[0][^1])), 0, 0.01);
        }
    }

    /// <summary>
    /// Where a mirrored patient's numbers come to differ: the mesh of the tissue, which follows the order in which a scan lists its triangles and their corners. Listing the corners of the same scan from the next one on does as much.
    /// </summary>
    [Fact]
    public void AMirroredScanDiffersAsTheSameScanListedInAnotherOrderDoes()
    {
        VirtualPatient patient = PreviewPlans.Patient(1);
        ThreadPlan standard = PreviewPlans.Standard(patient, TreatmentArea.Brow);
        ThreadPlaces places = Places(patient.Scan, standard, left: true);
        PlannedThread[] threads = [.. places.Places.Where((_, at) => at % 4 == 0).Select((place, at) => standard.Threads[0] with { Id = $"L{at + 1}", Path = place.Paths[0], DepthMm = places.DepthsMm[0], GatherMm = places.GathersMm[places.GathersMm.Count / 2], PullN = null })];
        ThreadPlan plan = standard with { Targets = [.. standard.Targets.Where(target => target.Landmark.EndsWith(".left", StringComparison.Ordinal))], Threads = threads };
        int[] corners = patient.Scan.Triangles;
        var listed = new TriangleMesh([.. patient.Scan.Positions], [.. corners.Select((_, at) => corners[at % 3 == 2 ? at - 2 : at + 1])]);
        (int nodes, (double, double, double)[] own) = Alone(plan, patient.Scan);
        foreach ((int others, (double, double, double)[] other) in new[] { Alone(Mirror(plan), Mirror(patient.Scan)), Alone(plan, listed) })
        {
            Assert.NotEqual(nodes, others);
            foreach (((double lift, double barb, double dimpling), (double otherLift, double otherBarb, double otherDimpling)) in own.Zip(other))
            {
                Assert.Equal(lift, otherLift, 0.05 * lift);
                Assert.Equal(barb, otherBarb, 0.013 * barb);
                Assert.Equal(dimpling, otherDimpling, 0.056 * dimpling);
            }
        }
    }

    // Lift of the first target, share of the barbs' hold and dimpling of each thread alone, on the mesh of a prediction.
    private static (int Nodes, (double Lift, double Barb, double Dimpling)[] Threads) Alone(ThreadPlan plan, TriangleMesh scan)
    {
        LiftPreview preview = LiftPreview.Prepare(plan, scan, "plan", new PreviewOptions { Resolution = PreviewResolution.Full }, cancellation: Stop);
        return (preview.NodeCount, [.. plan.Threads.Select(thread => preview.Update(plan with { Threads = [thread] }, Stop)).Select(result => (result.Lifts[0].LiftMm, CandidateResponses.BarbLoad(result), result.DimplingRisk.Max()))]);
    }

    private static ThreadPlaces Places(TriangleMesh scan, ThreadPlan plan, bool left) => ThreadPlaces.Of(plan.Area, new LandmarkSkin(scan, new LandmarkSet(plan.Landmarks)), [left], pieces: 1);

    [Fact]
    public void BothSidesAreTreatedAlikeAndEachThreadHasItsReason()
    {
        VirtualPatient patient = PreviewPlans.Patient(1);
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Neck);
        var steps = new List<CourseProgress>();
        ProposalDocument document = PlanProposer.Propose(plan, patient.Scan, [new("menton", 0.2)], "plan", Quick, new Steps(steps), Stop).Document;
        Check(document, patient.Scan, plan);
        Assert.Equal(1, steps[^1].Fraction);
        Assert.True(steps.Zip(steps.Skip(1)).All(pair => pair.Second.Fraction >= pair.First.Fraction));
        foreach (ProposedPlan proposed in document.Proposals)
        {
            PlannedThread[] left = [.. proposed.Plan.Threads.Where(thread => thread.Id[0] == 'L')], right = [.. proposed.Plan.Threads.Where(thread => thread.Id[0] == 'R')];
            Assert.Equal(left.Length, right.Length);
            Assert.All(left.Zip(right), pair => Assert.Equal((pair.First.DepthMm, pair.First.GatherMm), (pair.Second.DepthMm, pair.Second.GatherMm)));
            Assert.Equal(proposed.Plan.Threads.Select(thread => thread.Id), proposed.Threads.Select(reason => reason.ThreadId));
            Assert.All(proposed.Threads, reason => Assert.Equal(4, reason.Sentences.Count));
        }
    }

    [Theory]
    [MemberData(nameof(AreasAndPatients))]
    public void EveryProposalOfEachAreaAndPatientKeepsEveryLimit(TreatmentArea area, ulong seed)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        VirtualPatient patient = area is TreatmentArea.Abdomen or TreatmentArea.Breast ? Torso(seed) : PreviewPlans.Patient(seed);
        ThreadPlan plan = PreviewPlans.Standard(patient, area);
        LiftWish[] wish = [.. plan.Targets.Select(target => new LiftWish(target.Landmark, 1))];
        Check(PlanProposer.Propose(plan, patient.Scan, wish, "plan", new ProposalOptions(), cancellation: Stop).Document, patient.Scan, plan);
    }

    private static VirtualPatient Torso(ulong seed) =>
        VirtualPatient.Create(new VirtualPatientTraits { Body = VirtualBody.Torso, Seed = seed, AgeYears = 26 + (8 * seed), Sex = Sex.Female, Laxity = Laxity.Mild });

    [Fact]
    public void WhatThreadsAreNotForAndWishesThatMakeNoSenseAreRefused()
    {
        VirtualPatient patient = PreviewPlans.Patient(1);
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Brow);
        LiftWish[] wish = [new("brow-peak.left", 1)];
        void Refused(string words, ThreadPlan of, IReadOnlyList<LiftWish> wished) =>
            Assert.Contains(words, Assert.Throws<InvalidInputException>(() => PlanProposer.Propose(of, patient.Scan, wished, "plan", Quick, cancellation: Stop)).Message, StringComparison.Ordinal);
        Refused("severe", plan with { Patient = plan.Patient with { Laxity = Laxity.Severe } }, wish);
        Refused("nothing to treat", plan with { Patient = plan.Patient with { Laxity = Laxity.None } }, wish);
        Refused("one landmark at least", plan, []);
        Refused("twice", plan, [.. wish, .. wish]);
        Refused("missing", plan, [new("nipple.left", 1)]);
        Assert.Throws<InvalidInputException>(() => LiftWish.Of("jowl", 0, patient.Landmarks));
        Assert.Throws<InvalidInputException>(() => LiftWish.Of("jowl", 25, patient.Landmarks));
        Assert.Throws<InvalidInputException>(() => LiftWish.Of("umbilicus", 2, patient.Landmarks));
        Assert.Equal(["jowl.left", "jowl.right"], LiftWish.Of("jowl", 2, patient.Landmarks).Select(one => one.Landmark));
        Assert.Throws<OperationCanceledException>(() => PlanProposer.Propose(plan, patient.Scan, wish, "plan", Quick, cancellation: new CancellationToken(canceled: true)));
    }

    private static void Check(ProposalDocument document, TriangleMesh scan, ThreadPlan asked)
    {
        Assert.NotEmpty(document.Proposals);
        Assert.Equal(document.WishIsMet, document.Proposals.Any(proposed => proposed.MissingMm.All(missing => missing == 0)));
        for (int a = 0; a < document.Front.Count; a++)
        {
            for (int b = 0; b < document.Front.Count; b++)
            {
                (FrontPoint one, FrontPoint other) = (document.Front[a], document.Front[b]);
                Assert.False(a != b && one.Threads <= other.Threads && one.Reached >= other.Reached && one.Risk.Score <= other.Risk.Score, $"{a} beats {b}.");
            }
        }

        var landmarks = new LandmarkSet(asked.Landmarks);
        IReadOnlyList<DangerZone> zones = DangerZones.For(landmarks, scan);
        ThreadPlan all = document.Proposals[0].Plan with { Threads = [.. document.Proposals.SelectMany(proposed => proposed.Plan.Threads)] };
        var options = new PreviewOptions { Resolution = PreviewResolution.Full };
        var probe = new TissueProbe(TissueBuilder.Build(scan, landmarks, PreviewRegion.Request(all, scan, options)));
        LiftPreview preview = LiftPreview.Prepare(all, scan, "plan", options, cancellation: Stop);
        foreach (ProposedPlan proposed in document.Proposals)
        {
            PlanFile.Check(proposed.Plan, "proposal");
            foreach (PlannedThread thread in proposed.Plan.Threads)
            {
                CheckZones(thread, zones, probe, document.Limits.SmasDepthShare);
            }

            foreach (IGrouping<bool, PlannedThread> side in proposed.Plan.Threads.GroupBy(thread => thread.Path.Average(point => point.X) > 0))
            {
                PlannedThread[] threads = [.. side];
                Assert.InRange(threads.Length, 1, document.Limits.ThreadsPerSide);
                Assert.All(threads, thread => Assert.NotEqual(BarbKind.None, thread.Barbs));
                for (int one = 0; one < threads.Length; one++)
                {
                    for (int other = 0; other < one; other++)
                    {
                        Assert.True(Nearest(threads[one], threads[other]) >= document.Limits.SpacingMm - 0.05, $"{threads[one].Id} and {threads[other].Id} are {Nearest(threads[one], threads[other]):0.0} mm apart.");
                    }
                }
            }

            PreviewResult result = preview.Update(proposed.Plan, Stop);
            Assert.InRange(result.DimplingRisk.Max(), 0, OtherMesh * document.Limits.Dimpling);
            Assert.All(result.Threads.SelectMany(thread => thread.Barbs), barb => Assert.True(Math.Abs(barb.LoadN) <= OtherMesh * document.Limits.BarbLoad * (Math.Abs(barb.LoadN) + barb.MarginN)));
            foreach ((LiftWish wished, double lift) in document.Wish.Zip(proposed.LiftMm))
            {
                Assert.Equal(lift, result.Lifts.Single(target => target.Name == wished.Landmark).LiftMm, Math.Max(0.05, 0.1 * lift));
            }
        }
    }

    // Between the halves towards the exits, every tenth of a piece of each.
    private static double Nearest(PlannedThread one, PlannedThread other)
    {
        static List<Vector3D> Far(IReadOnlyList<Vector3D> path) =>
            [.. Enumerable.Range(path.Count / 2, path.Count - 1 - (path.Count / 2)).SelectMany(piece => Enumerable.Range(0, 11).Select(tenth => Vector3D.Lerp(path[piece], path[piece + 1], tenth / 10.0)))];
        return Far(one.Path).Min(point => Far(other.Path).Min(near => Vector3D.Distance(point, near)));
    }

    /// <summary>Each millimetre of a thread against each danger zone: above the least measured depth, or, where none was measured, in skin and superficial fat of the tissue that the engine builds.</summary>
    private static void CheckZones(PlannedThread thread, IReadOnlyList<DangerZone> zones, TissueProbe probe, double share)
    {
        double lowest = thread.DepthMm + (thread.DiameterMm / 2);
        for (int piece = 0; piece + 1 < thread.Path.Count; piece++)
        {
            for (double t = 0; t <= 1; t += 0.25)
            {
                Vector3D point = Vector3D.Lerp(thread.Path[piece], thread.Path[piece + 1], t);
                foreach (DangerZone zone in zones)
                {
                    for (int from = 0; from < zone.Course.Count; from++)
                    {
                        if (Vector3D.Distance(point, zone.Course[from]) > zone.ReachMm)
                        {
                            continue;
                        }

                        if (zone.LeastDepthMm is { } depths)
                        {
                            // The course lies a few millimetres from point to point: between two the depth is between theirs.
                            Assert.True(lowest < Math.Max(depths[from], Math.Max(depths[Math.Max(0, from - 1)], depths[Math.Min(depths.Count - 1, from + 1)])), $"{thread.Id} and {zone.Structure}");
                        }
                        else
                        {
                            Assert.True(probe.LayerAt(probe.Embed(point), 0.97 * lowest / share) is TissueLayer.Skin or TissueLayer.SuperficialFat, $"{thread.Id} and {zone.Structure}");
                        }
                    }
                }
            }
        }
    }

    private static Vector3D Mirror(Vector3D point) => new(-point.X, point.Y, point.Z);

    private static TriangleMesh Mirror(TriangleMesh mesh)
    {
        int[] triangles = [.. mesh.Triangles];
        for (int corner = 0; corner < triangles.Length; corner += 3)
        {
            (triangles[corner + 1], triangles[corner + 2]) = (triangles[corner + 2], triangles[corner + 1]);
        }

        return new TriangleMesh([.. mesh.Positions.Select(Mirror)], triangles);
    }

    private static ThreadPlan Mirror(ThreadPlan plan) => plan with
    {
        Landmarks = [.. plan.Landmarks.Select(landmark => landmark with { Name = OtherSide(landmark.Name), Position = Mirror(landmark.Position) })],
        Targets = [.. plan.Targets.Select(target => target with { Landmark = OtherSide(target.Landmark), Vector = Mirror(target.Vector) })],
        Threads = [.. plan.Threads.Select(thread => thread with { Path = [.. thread.Path.Select(Mirror)] })],
    };

    private static string OtherSide(string name) =>
        name.EndsWith(".left", StringComparison.Ordinal) ? name[..^5] + ".right" : name.EndsWith(".right", StringComparison.Ordinal) ? name[..^6] + ".left" : name;

    private sealed class Steps(List<CourseProgress> all) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value) => all.Add(value);
    }
}
