using System.CommandLine;
using Threadwell.Geometry;

namespace Threadwell.Cli.Options;

/// <summary>The options that say how the file of a scan is to be read.</summary>
internal sealed class ScanReadingOptions
{
    private static readonly (string, string?)[] Axes = [("+x", "+x"), ("-x", "-x"), ("+y", "+y"), ("-y", "-y"), ("+z", "+z"), ("-z", "-z")];

    private readonly Option<Word<string?>> unit = TypedOptions.Word<string?>("--unit", "Unit of the scan; inferred from its size when left out.", null, ("mm", "mm"), ("cm", "cm"), ("m", "m"), ("in", "in"));

    private readonly Option<Word<string?>> up = TypedOptions.Word("--up", "Axis of the scan that points up; +y when left out.", null, Axes);

    private readonly Option<Word<string?>> front = TypedOptions.Word("--front", "Axis of the scan that points to the front; +z when left out.", null, Axes);

    public void AddTo(Command command)
    {
        command.Add(unit);
        command.Add(up);
        command.Add(front);
    }

    /// <summary>Reads a scan and tells on the error stream what was assumed and repaired.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="smooths">Whether its noise is smoothed.</param>
    public Scan Read(ParseResult parsed, string path, bool smooths = true)
    {
        var defaults = new ScanOptions();
        Scan scan = ScanReader.Read(path, new ScanOptions
        {
            Unit = parsed.GetValue(unit),
            Up = parsed.GetValue(up).Value ?? defaults.Up,
            Front = parsed.GetValue(front).Value ?? defaults.Front,
            SmoothsNoise = smooths,
        });
        foreach (string remark in scan.Remarks)
        {
            Console.Error.WriteLine($"{path}: {remark}");
        }

        return scan;
    }
}
