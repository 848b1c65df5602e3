using System.CommandLine;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Prediction;
using Threadwell.Reports.Learning;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell learn --out DIR</c>: the stored runs and pictures of the page that explains a thread lift, made anew by the engine.</summary>
internal sealed class LearnCommand : Command
{
    public LearnCommand()
        : base("learn", $"Makes the pictures and curves of the Learn page anew from runs of the engine on a virtual patient: {LearnStoryFile.Name} and its pictures.")
    {
        Option<string> output = TypedOptions.Path("--out", "Folder to write to; the page's own is src/Threadwell.Web/Client/learn/stored.", required: true, "folder");
        Option<int> samples = PredictCommand.SamplesOption().Or(PredictionOptions.UsualSamples);
        Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
        Add(output);
        Add(samples);
        Add(threads);
        SetAction(async (parsed, cancellation) =>
        {
            PredictionOptions.CheckSamples(parsed.GetValue(samples));
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            (LearnStory story, IReadOnlyDictionary<string, byte[]> pictures) = await ProgressDisplay.RunAsync(
                progress => LearnStoryMaker.Make(parsed.GetValue(samples), parsed.GetValue(threads), progress, cancellation), cancellation);
            byte[] written = LearnStoryFile.ToBytes(story);
            File.WriteAllBytes(folder.PathOf(LearnStoryFile.Name), written);
            foreach ((string name, byte[] picture) in pictures)
            {
                File.WriteAllBytes(folder.PathOf(name), picture);
            }

            folder.Commit();
            Console.Out.WriteLine($"{pictures.Count} pictures and the curves of {story.Runs.Count} runs, {(written.Length + pictures.Values.Sum(picture => picture.Length)) / 1024} KiB, model {story.ModelVersion}.");
            Console.Out.WriteLine($"Story: {folder.FinalPathOf(LearnStoryFile.Name)}");
        });
    }
}
