using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Prediction.Tests;

/// <summary>No rebound (mission M6) over random patients and plans: 10 in short, 500 in long.</summary>
public sealed class NoReboundTests
{
    // Coarse enough for five years in half a second; the tissue ends where it does on the mesh of a prediction.
    private const double EdgeMm = 12;

    // Less than this over a year is no movement that the scan of the next year could show: half of what surface measurements repeat (E-069).
    private const double SteadyMmPerYear = 0.1;

    private static readonly TreatmentArea[] Areas = [TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck];

    private static readonly ThreadMaterial[] Materials = Enum.GetValues<ThreadMaterial>();

    [Fact]
    public void OnceTheThreadsAreGoneNobodyIsWorseOffThanUntreatedButWhereTheTechniqueWasUnsuitableWhichIsSaid()
    {
        int patients = Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1" ? 500 : 10;
        var worse = new List<string>();
        var faster = new List<string>();
        int counted = 0, harmful = 0, better = 0;
        var backAfter = new List<double>();
        Lock gate = new();
        Parallel.For(0, patients, index =>
        {
            (ThreadPlan plan, VirtualPatient patient, string words) = Draw(index);
            PredictionDocument course = CoursePredictor.Predict(
                plan, patient.Scan, words, new PredictionOptions { EdgeLengthMm = EdgeMm, Threads = 1 }, null, TestContext.Current.CancellationToken).Document;
            bool unsuitable = course.Threads.Any(thread => thread.SlippedBarbs[0] > 0);
            lock (gate)
            {
                if (course.Summary.BackToDayZeroMonths is { } months)
                {
                    backAfter.Add(months);
                }
                else
                {
                    better++;
                }

                foreach (LandmarkCourse landmark in course.Landmarks)
                {
                    if (Rebound.BelowUntreatedMm(landmark, course.Threads) is not { } below)
                    {
                        continue;
                    }

                    counted++;
                    bool said = course.Warnings.Any(warning => warning.StartsWith($"{landmark.Name} comes to lie", StringComparison.Ordinal));
                    harmful += below > Rebound.ToleranceMm && unsuitable ? 1 : 0;
                    if (said != (below > Rebound.ToleranceMm) || (below > Rebound.ToleranceMm && !unsuitable))
                    {
                        worse.Add($"{words}: {landmark.Name} {below:0.000} mm below, {(said ? "said" : "not said")}");
                    }

                    if (SlopeAfterTheEnd(course, landmark) is { } slope && slope > SteadyMmPerYear && !unsuitable)
                    {
                        faster.Add($"{words}: {landmark.Name} falls {slope:0.00} mm faster than untreated in the year after lift and threads have ended");
                    }
                }
            }
        });
        backAfter.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{patients} patients, {counted} landmarks after all threads are gone; unsuitable technique below untreated: {harmful}; still better than before after five years: {better}; "
            + $"others pass day 0 after {(backAfter.Count == 0 ? double.NaN : backAfter[backAfter.Count / 2]):0.0} months (median)");
        Assert.True(counted > 0, "No course outlived its threads: nothing was tested.");
        Assert.Empty(worse);
        Assert.Empty(faster);
    }

    /// <summary>
    /// How much further than the untreated course a landmark falls in the year after its lift is over for good and all threads are gone, mm; null where that year is not in the course. While threads still
    /// lose their strength the last of a lift goes with them, which is its end and no rebound.
    /// </summary>
    private static double? SlopeAfterTheEnd(PredictionDocument course, LandmarkCourse landmark)
    {
        const double MeasurableMm = 0.2, YearDays = 365.25;
        int end = landmark.LiftMm.Count;
        while (end > Rebound.GoneFrom(course.Threads, landmark.LiftMm.Count) && landmark.LiftMm[end - 1] < MeasurableMm)
        {
            end--;
        }

        int yearOn = Enumerable.Range(end, landmark.LiftMm.Count - end).FirstOrDefault(time => course.TimesDays[time] >= course.TimesDays[end] + YearDays, -1);
        return yearOn < 0 ? null : (landmark.LiftMm[end] - landmark.LiftMm[yearOn]) * YearDays / (course.TimesDays[yearOn] - course.TimesDays[end]);
    }

    private static (ThreadPlan Plan, VirtualPatient Patient, string Words) Draw(int index)
    {
        var random = new Random(7919 + index);
        var description = new PatientDescription
        {
            AgeYears = random.Next(30, 76),
            Sex = random.NextDouble() < 0.8 ? Sex.Female : Sex.Male,
            Laxity = (Laxity)random.Next((int)Laxity.Mild, (int)Laxity.Severe),
            Smoker = random.NextDouble() < 0.2,
        };
        TreatmentArea area = Areas[random.Next(Areas.Length)];
        ThreadMaterial material = Materials[random.Next(Materials.Length)];
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits { AgeYears = description.AgeYears, Sex = description.Sex, Laxity = description.Laxity, Seed = (ulong)index + 1 });
        ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan,
            Landmarks = patient.Landmarks,
            Scan = new ScanReference { Path = "virtual", Sha256 = "", Unit = "mm" },
            Patient = description,
            Area = area,
            Material = material,
            ThreadsPerSide = random.Next(1, 5),
        });

        // From half of the usual gather to far too much.
        double gather = 0.5 + (1.5 * random.NextDouble());
        var aftercare = (AftercareAdherence)random.Next(Enum.GetValues<AftercareAdherence>().Length);
        plan = plan with { Aftercare = aftercare, Threads = [.. plan.Threads.Select(thread => thread with { GatherMm = thread.GatherMm * gather })] };
        string words = $"{index}: {description.Sex} {description.AgeYears:0}, {description.Laxity}, {area}, {material}, {plan.Threads.Count} threads, gather {plan.Threads[0].GatherMm:0.0} mm, {aftercare}";
        return (plan, patient, words);
    }
}
