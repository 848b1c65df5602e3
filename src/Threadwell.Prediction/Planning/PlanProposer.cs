using System.Globalization;
using System.Security.Cryptography;
using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Prediction;

/// <summary>
/// Proposes plans for a wish: a Pareto front of lift against number of threads and risk within hard limits, and up to three plans of it with reasons (design 3.10). Method, assumptions
/// and limits: docs/theory/planning.md.
/// </summary>
public static class PlanProposer
{
    // Shares of the way: tissue, lone responses, superposition, verification; the rest finds reasons.
    private const double Built = 0.06;
    private const double Responded = 0.5;
    private const double Searched = 0.56;
    private const double Verified = 0.84;

    /// <summary>Searches.</summary>
    /// <param name="plan">Scan, patient, area, landmarks and aftercare; its first thread says which product is used, or the area's usual one where it has none.</param>
    /// <param name="scan">The scan, cleaned, mm, patient frame.</param>
    /// <param name="wish">What is wished; where all of it lies on one side, only that side is treated.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How it is searched.</param>
    /// <param name="progress">Told how far it has come; null for nobody.</param>
    /// <param name="cancellation">Ends it between two solves.</param>
    /// <exception cref="InvalidInputException">The wish is empty, the plan does not fit the scan, threads are not indicated, or no thread keeps every limit.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static PlanProposals Propose(
        ThreadPlan plan,
        TriangleMesh scan,
        IReadOnlyList<LiftWish> wish,
        string source,
        ProposalOptions options,
        IProgress<CourseProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(options);
        CheckWish(wish);
        var skin = new LandmarkSkin(scan, new LandmarkSet(plan.Landmarks));
        ThreadPlan empty = Standard(plan, skin, wish) with { Aftercare = plan.Aftercare };
        // A smooth thread holds by nothing that could be limited: a lift is proposed with barbs.
        PlannedThread product = (plan.Threads.FirstOrDefault(thread => thread.Barbs != BarbKind.None) ?? empty.Threads[0]) with { PullN = null };
        ThreadPlaces places = ThreadPlaces.Of(plan.Area, skin, Sides(wish), options.Pieces);
        var limits = new PlanLimits(DangerZones.For(skin), ThicknessField.For(skin.Landmarks, PreviewRegion.Request(empty, scan, new PreviewOptions())));
        (List<PlanCandidate> candidates, int refused) = Candidates(places, product, limits);
        if (candidates.Count == 0)
        {
            throw new InvalidInputException(source, "threads", "no thread of this area keeps the limits of the danger zones on this patient; no plan is proposed.");
        }

        var previews = new PreviewOptions { Threads = options.Threads };
        LiftPreview coarse = LiftPreview.Prepare(
            empty with { Threads = [.. candidates.SelectMany(candidate => candidate.Threads)] }, scan, source, previews, new ProgressPart(progress, 0, Built), cancellation);
        var responses = new CandidateResponses(coarse, empty, wish);
        for (int index = 0; index < candidates.Count; index++)
        {
            progress?.Report(new CourseProgress(Built + ((Responded - Built) * index / candidates.Count), $"Trying thread {index + 1} of {candidates.Count}"));
            cancellation.ThrowIfCancellationRequested();
            responses.Add(candidates[index], cancellation);
        }

        progress?.Report(new CourseProgress(Responded, "Weighing combinations"));
        var model = new Superposition(responses.Candidates, responses.Coupling(), Apart(responses.Candidates, limits), wish, limits.BarbLoad, limits.Dimpling, responses.Slack(cancellation));
        PlanOption[] choices = [.. Enumerable.Range(0, responses.Candidates.Count)
            .SelectMany(candidate => places.GathersMm.Select(gather => new PlanOption(candidate, gather / product.GatherOf(places)))).Where(option => model.Score([option]).Risk.IsWorthVerifying)];
        var search = new PlanSearch(model, choices, places.MostPerSide, limits.LeastGain);
        IReadOnlyList<WeighedPlan> front = PlanChoice.Spread(search.Run(cancellation), options.Verified);
        if (front.Count == 0)
        {
            throw new InvalidInputException(source, "threads", "no thread of this area lifts the wished landmarks within the limits; no plan is proposed.");
        }

        progress?.Report(new CourseProgress(Searched, "Preparing the full model"));
        var layouts = front.Select(weighed => Layout(weighed, responses.Candidates, places, product, empty)).ToList();
        LiftPreview full = LiftPreview.Prepare(
            empty with { Threads = [.. layouts.SelectMany(layout => layout.Plan.Threads)] }, scan, source, previews with { Resolution = PreviewResolution.Full }, null, cancellation);
        var verifier = new PlanVerifier(full, limits, wish);
        var verified = new List<VerifiedPlan>();
        double error = 0;
        for (int index = 0; index < layouts.Count; index++)
        {
            progress?.Report(new CourseProgress(Searched + ((Verified - Searched) * index / layouts.Count), $"Verifying plan {index + 1} of {layouts.Count}"));
            cancellation.ThrowIfCancellationRequested();
            if (verifier.Verify(layouts[index].Plan, layouts[index].Pairs, front[index].Score.Risk.Zones, cancellation) is { } found)
            {
                verified.Add(found);
                if (ReferenceEquals(found.Plan, layouts[index].Plan))
                {
                    error = Math.Max(error, model.LiftMm(front[index].Options).Zip(found.LiftMm, (quick, exact) => Math.Abs(quick - exact)).Max());
                }
            }
        }

        IReadOnlyList<VerifiedPlan> best = PlanChoice.Front(verified);
        if (best.Count == 0)
        {
            throw new InvalidInputException(source, "threads", "no thread of this area lifts the wished landmarks within the limits; no plan is proposed.");
        }

        IReadOnlyList<(ProposalKind Kind, int Front)> chosen = PlanChoice.Three(best, places.MostPerSide * places.Sides.Count);
        var reasons = new ThreadReasons(limits, wish, places.DepthsMm);
        var proposals = new List<ProposedPlan>();
        foreach ((ProposalKind kind, int at) in chosen)
        {
            progress?.Report(new CourseProgress(Verified + ((1 - Verified) * proposals.Count / chosen.Count), "Finding out what each thread is for"));
            proposals.Add(Proposed(kind, at, best[at], wish, verifier, reasons, skin, cancellation));
        }

        progress?.Report(new CourseProgress(1, "Done"));
        return new PlanProposals
        {
            Scan = scan,
            Skin = full.Skin,
            EdgeLengthMm = full.EdgeLengthMm,
            DayZero = [.. chosen.Select(choice => best[choice.Front].Result)],
            Document = new ProposalDocument
            {
                ModelVersion = CoursePredictor.ModelVersion,
                InputSha256 = Convert.ToHexStringLower(SHA256.HashData([.. PlanJson.ToBytes(plan with { Scan = plan.Scan with { Path = "" } }), .. PlanJson.ToBytes(wish)])),
                Wish = wish,
                WishIsMet = best.Any(member => member.Score.Reached >= 1),
                Limits = new ProposalLimits { BarbLoad = limits.BarbLoad, Dimpling = limits.Dimpling, SmasDepthShare = limits.SmasDepthShare, SpacingMm = limits.SpacingMm, ThreadsPerSide = places.MostPerSide, LeastGain = limits.LeastGain },
                Search = new ProposalSearch
                {
                    Candidates = candidates.Count + refused,
                    RefusedByZones = refused,
                    Weighed = search.Weighed,
                    Verified = layouts.Count,
                    RefusedByVerification = layouts.Count - verified.Count,
                    LiftErrorMm = error,
                },
                Front = [.. best.Select(member => new FrontPoint { Threads = member.Plan.Threads.Count, Reached = member.Score.Reached, MeanLiftMm = member.LiftMm.Average(), Risk = Told(member.Score.Risk) })],
                Proposals = proposals,
            },
        };
    }

    /// <summary>Refuses a wish for nothing, or for a landmark twice.</summary>
    /// <param name="wish">The wish.</param>
    /// <exception cref="InvalidInputException">It is one of these; the source is "wish".</exception>
    public static void CheckWish(IReadOnlyList<LiftWish> wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Count == 0)
        {
            throw new InvalidInputException("wish", null, "give a lift at one landmark at least.");
        }

        if (wish.GroupBy(wished => wished.Landmark).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidInputException("wish", twice.Key, "this landmark is wished for twice.");
        }
    }

    private static ThreadPlan Standard(ThreadPlan plan, LandmarkSkin skin, IReadOnlyList<LiftWish> wish) => StandardPlan.Suggest(new StandardPlanRequest
    {
        Mesh = skin.Mesh,
        Landmarks = skin.Landmarks,
        Scan = plan.Scan,
        Patient = plan.Patient,
        Area = plan.Area,
        Seed = plan.Seed,
        Targets = [.. wish.Select(wished => wished.Landmark)],
    });

    private static bool[] Sides(IReadOnlyList<LiftWish> wish) =>
        wish.All(wished => wished.Landmark.EndsWith(".left", StringComparison.Ordinal)) ? [true]
        : wish.All(wished => wished.Landmark.EndsWith(".right", StringComparison.Ordinal)) ? [false]
        : [true, false];

    // The middle of the range: what lies between is near to it either way.
    private static double GatherOf(this PlannedThread product, ThreadPlaces places) => places.GathersMm[places.GathersMm.Count / 2];

    private static (List<PlanCandidate> Kept, int Refused) Candidates(ThreadPlaces places, PlannedThread product, PlanLimits limits)
    {
        var kept = new List<PlanCandidate>();
        int refused = 0;
        var whole = new HashSet<(int Entry, int Exit)>();
        for (int place = 0; place < places.Places.Count; place++)
        {
            ThreadPlace course = places.Places[place];
            if (course.Reach is < 1 and > Shortest && whole.Contains((course.Entry, course.Exit)))
            {
                // A slightly shorter course stands in for one that may not be used.
                continue;
            }

            foreach (double depth in places.DepthsMm)
            {
                PlannedThread[] threads = [.. places.Sides.Select((left, side) => product with
                {
                    Id = left ? "L1" : "R1",
                    Path = course.Paths[side],
                    DepthMm = depth,
                    GatherMm = product.GatherOf(places),
                    Reason = "",
                })];
                ZoneClearance[] clearances = [.. threads.SelectMany(limits.Clearances)];
                if (clearances.All(clearance => clearance.Holds))
                {
                    whole.Add((course.Entry, course.Exit));
                    kept.Add(new PlanCandidate { Place = place, Threads = threads, Zones = Math.Min(ClosestBeside, clearances.Select(clearance => clearance.Closeness).DefaultIfEmpty(0).Max()) });
                }
                else
                {
                    refused++;
                }
            }
        }

        return (kept, refused);
    }

    // Courses as short as this are tried beside the whole ones.
    private const double Shortest = 0.85;

    // A thread beside a structure's reach may lie deeper than its limit there; it breaks none.
    private const double ClosestBeside = 0.999;

    private static bool[][] Apart(IReadOnlyList<PlanCandidate> candidates, PlanLimits limits)
    {
        var apart = new bool[candidates.Count][];
        for (int i = 0; i < apart.Length; i++)
        {
            apart[i] = new bool[candidates.Count];
            for (int j = 0; j < i; j++)
            {
                apart[i][j] = apart[j][i] = candidates[i].Place != candidates[j].Place
                    && candidates[i].Threads.Zip(candidates[j].Threads, (a, b) => limits.AreApart(a.Path, b.Path)).All(far => far);
            }
        }

        return apart;
    }

    /// <summary>A combination as a plan: the threads of a side from the highest exit to the lowest, by the mean of both sides, so that a mirrored patient's are numbered alike.</summary>
    private static (ThreadPlan Plan, IReadOnlyList<string[]> Pairs) Layout(WeighedPlan weighed, IReadOnlyList<PlanCandidate> candidates, ThreadPlaces places, PlannedThread product, ThreadPlan empty)
    {
        PlanOption[] ordered = [.. weighed.Options.OrderByDescending(option => candidates[option.Candidate].Threads.Average(thread => thread.Path[^1].Y)).ThenBy(option => option.Candidate)];
        var threads = new List<PlannedThread>();
        var pairs = ordered.Select(_ => new List<string>()).ToList();
        for (int side = 0; side < places.Sides.Count; side++)
        {
            for (int number = 0; number < ordered.Length; number++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{(places.Sides[side] ? 'L' : 'R')}{number + 1}");
                threads.Add(candidates[ordered[number].Candidate].Threads[side] with { Id = id, GatherMm = ordered[number].Gather * product.GatherOf(places) });
                pairs[number].Add(id);
            }
        }

        return (empty with { Threads = threads }, [.. pairs.Select(pair => pair.ToArray())]);
    }

    private static ProposedPlan Proposed(
        ProposalKind kind, int at, VerifiedPlan verified, IReadOnlyList<LiftWish> wish, PlanVerifier verifier, ThreadReasons reasons, LandmarkSkin skin, CancellationToken cancellation)
    {
        var told = new Dictionary<string, ThreadReason>(StringComparer.Ordinal);
        foreach (string[] pair in verified.Pairs)
        {
            double[] loss = verifier.Loss(verified, pair, cancellation);
            foreach (string id in pair)
            {
                PlannedThread thread = verified.Plan.Threads.First(candidate => candidate.Id == id);
                told[id] = reasons.Of(thread, loss, [.. verified.Plan.Threads.Where(candidate => pair.Contains(candidate.Id))], CandidateResponses.BarbLoad(verified.Result.Threads.First(preview => preview.Id == id)));
            }
        }

        ThreadPlan plan = verified.Plan with
        {
            Threads = [.. verified.Plan.Threads.Select(thread => thread with { Reason = told[thread.Id].Sentences[0] })],
            Warnings = StandardPlan.Warnings(skin, verified.Plan.Area, verified.Plan.Patient, verified.Plan.Threads),
        };
        return new ProposedPlan
        {
            Kind = kind,
            Front = at,
            Plan = plan,
            LiftMm = verified.LiftMm,
            MissingMm = [.. wish.Zip(verified.LiftMm, (wished, lift) => Math.Max(0, wished.LiftMm - lift))],
            Threads = [.. plan.Threads.Select(thread => told[thread.Id])],
        };
    }

    private static RiskScore Told(RiskParts risk) => new(risk.Zones, risk.Barbs, risk.Dimpling);
}
