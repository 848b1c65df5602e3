using System.CommandLine;
using Threadwell.Anatomy;
using Threadwell.Cli.Options;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell landmarks --scan FILE --out landmarks.json</c>: finds the landmarks of a head, for the doctor to check and correct.</summary>
internal sealed class LandmarksCommand : Command
{
    public LandmarksCommand()
        : base("landmarks", "Finds the landmarks of a head on a scan and writes them, to be checked and corrected.")
    {
        var scanFile = new ScanFileOptions();
        Option<string> output = TypedOptions.Path("--out", "The landmarks, JSON.", required: true);
        scanFile.AddTo(this);
        Add(output);
        SetAction(parsed =>
        {
            Scan scan = scanFile.Read(parsed);
            LandmarkSet landmarks = LandmarkDetector.Detect(scan.Mesh, parsed.GetRequiredValue(scanFile.File));
            LandmarkFile.Write(parsed.GetRequiredValue(output), landmarks);
            foreach (Landmark landmark in landmarks.All)
            {
                Console.Out.WriteLine($"{landmark.Name,-24} {landmark.Position.X,8:0.0} {landmark.Position.Y,8:0.0} {landmark.Position.Z,8:0.0} mm   confidence {landmark.Confidence:0.00}");
            }
        });
    }
}
