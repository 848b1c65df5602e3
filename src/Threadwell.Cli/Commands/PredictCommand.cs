using System.CommandLine;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell predict PLAN.json --out DIR</c>: the course of a plan, with pictures and a report.</summary>
internal sealed class PredictCommand : Command
{
    public PredictCommand()
        : base("predict", "Predicts the course of a plan beside no treatment: prediction.json, lift.png, course.png, report.html.")
    {
        var plan = new Argument<string>("plan") { Description = "The plan, JSON." };
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<double> months = TypedOptions.Number("--months", "Length of the course.", 0.25, CourseTimes.LongestMonths, "months").Or(60);
        Option<int> seed = TypedOptions.Whole("--seed", "Seed in place of the plan's own.", int.MinValue, int.MaxValue);
        Option<int> samples = SamplesOption().Or(0);
        Option<string> clinic = RecalibrateCommand.ClinicOption();
        Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the report and the pictures.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        Add(plan);
        Add(output);
        Add(months);
        Add(seed);
        Add(samples);
        Add(clinic);
        Add(threads);
        Add(language);
        SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(plan);
            var options = new PredictionOptions
            {
                Months = parsed.GetValue(months),
                Seed = parsed.GetResult(seed) is null ? null : parsed.GetValue(seed),
                Samples = parsed.GetValue(samples),
                Threads = parsed.GetValue(threads),
            };
            PredictionOptions.CheckSamples(options.Samples);
            string? taughtBy = parsed.GetValue(clinic);
            ClinicDocument? taught = taughtBy is null ? null : ClinicFile.Read(taughtBy);
            if (taught is not null && options.Samples == 0)
            {
                throw new InvalidInputException("--clinic", null, $"what a clinic's patients taught moves bands: give --samples too, {PredictionOptions.UsualSamples} for instance.");
            }

            if (taught is not null)
            {
                ClinicRecalibration.CheckModel(taught, taughtBy!);
            }

            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            CoursePrediction prediction = await RunAsync(path, options, folder, parsed.GetValue(language).Value, cancellation, one => taught is null ? one : ClinicRecalibration.Apply(one, taught, taughtBy!));
            folder.Commit(PredictionOutput.SamplesFile);
            PredictionOutput.Print(prediction, folder);
        });
    }

    /// <summary>How many courses are drawn for the bands.</summary>
    public static Option<int> SamplesOption() => TypedOptions.Whole(
        "--samples",
        $"Courses with other values that the evidence allows, for bands round the course; 0 for none, else {PredictionOptions.FewestSamples} at least.",
        0,
        PredictionOptions.MostSamples);

    /// <summary>Predicts and writes the files of the prediction, with a progress bar.</summary>
    /// <param name="planPath">Path of the plan.</param>
    /// <param name="options">How it is computed.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="language">Language of the report and the pictures.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="moved">What is made of the prediction before it is written; null for nothing.</param>
    public static Task<CoursePrediction> RunAsync(
        string planPath, PredictionOptions options, OutputFolder folder, DocumentLanguage language, CancellationToken cancellation, Func<CoursePrediction, CoursePrediction>? moved = null) =>
        ProgressDisplay.RunAsync(progress =>
        {
            // The pictures take the last part of the way.
            var computing = new ProgressPart(progress, 0, PictureShare);
            CoursePrediction prediction = CoursePredictor.Predict(planPath, options, computing, cancellation);
            prediction = moved is null ? prediction : moved(prediction);
            progress.Report(new CourseProgress(PictureShare, "Drawing the pictures"));
            PredictionOutput.Write(prediction, folder, language, cancellation);
            progress.Report(new CourseProgress(1, "Done"));
            return prediction;
        }, cancellation);

    private const double PictureShare = 0.9;
}
