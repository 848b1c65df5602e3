using System.Diagnostics;
using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;

// How far the reduced model of the bands is from whole courses on the full mesh with the same drawn values, and how long both take.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var numbers, .. var names] || !int.TryParse(numbers, out int draws) || draws < 1 || !names.All(name => Enum.TryParse<TreatmentArea>(name, out _)))
{
    Console.Error.WriteLine("usage: DRAWS [AREA ...]");
    return 2;
}

TreatmentArea[] areas = names.Length == 0 ? Enum.GetValues<TreatmentArea>() : [.. names.Select(Enum.Parse<TreatmentArea>)];
Console.WriteLine("| area | material | lift on day 0, mm | model's own error, mm | error of drawn courses, mm: mean, largest | of support: largest | seconds: full, reduced |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (TreatmentArea area in areas)
{
    bool torso = area is TreatmentArea.Abdomen or TreatmentArea.Breast;
    VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits { Body = torso ? VirtualBody.Torso : VirtualBody.Head });
    foreach (ThreadMaterial material in Enum.GetValues<ThreadMaterial>())
    {
        ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan,
            Landmarks = patient.Landmarks,
            Scan = new ScanReference { Path = "virtual.obj", Sha256 = new string('0', 64), Unit = "mm" },
            Patient = new PatientDescription { AgeYears = patient.Traits.AgeYears, Sex = patient.Traits.Sex, Laxity = patient.Traits.Laxity },
            Area = area,
            Material = material,
        });
        var options = new PredictionOptions();
        CoursePrediction full = CoursePredictor.Predict(plan, patient.Scan, "plan", options);
        ReducedModel model = CoursePredictor.Reduce(plan, patient.Scan, "plan", options, full.Tissue, CurvesOf(full.Document), default);
        var draw = new SobolSequence(UncertainFacts.All.Count, 1);
        var errors = new List<double>();
        double support = 0, fullSeconds = 0, reducedSeconds = 0;
        for (int index = 0; index < draws; index++)
        {
            FactValues facts = EnsembleRunner.Drawn(dimension => draw[index, dimension], FactValues.Catalogue);
            long began = Stopwatch.GetTimestamp();
            SampleCourse exact = CurvesOf(CoursePredictor.Predict(plan, patient.Scan, "plan", options with { Facts = facts }).Document);
            fullSeconds += Stopwatch.GetElapsedTime(began).TotalSeconds / draws;
            began = Stopwatch.GetTimestamp();
            if (model.Sample(facts, default) is not { } reduced)
            {
                Console.Error.WriteLine($"{area} {material}: draw {index} found no equilibrium on the reduced mesh.");
                continue;
            }

            reducedSeconds += Stopwatch.GetElapsedTime(began).TotalSeconds / draws;
            for (int time = 0; time < exact.Support.Length; time++)
            {
                errors.Add(Math.Abs(exact.LiftMm.Average(curve => curve[time]) - reduced.LiftMm.Average(curve => curve[time])));
                support = Math.Max(support, Math.Abs(exact.Support[time] - reduced.Support[time]));
            }
        }

        Console.WriteLine(
            $"| {area} | {material} | {full.Document.Summary.LiftNowMm:0.00} | {model.Facts.LiftErrorMm:0.00} | {errors.Average():0.000}, {errors.Max():0.00} | {support:0.000} | {fullSeconds:0.0}, {reducedSeconds:0.00} |");
    }
}

return 0;

static SampleCourse CurvesOf(PredictionDocument document) => SampleCourse.Of(document.Landmarks, [.. document.SupportIndex], [.. document.UntreatedSupportIndex]);
