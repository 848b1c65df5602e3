using System.CommandLine;
using Threadwell.Geometry;

namespace Threadwell.Cli.Options;

/// <summary>The options that name a scan and say how its file is to be read.</summary>
internal sealed class ScanFileOptions
{
    private static readonly (string, string?)[] Axes = [("+x", "+x"), ("-x", "-x"), ("+y", "+y"), ("-y", "-y"), ("+z", "+z"), ("-z", "-z")];

    public Option<string> File { get; } = TypedOptions.Path("--scan", "The scan: OBJ, PLY, STL or GLB.", required: true);

    public Option<Word<string?>> Unit { get; } = TypedOptions.Word<string?>("--unit", "Unit of the scan; inferred from its size when left out.", null, ("mm", "mm"), ("cm", "cm"), ("m", "m"), ("in", "in"));

    public Option<Word<string?>> Up { get; } = TypedOptions.Word("--up", "Axis of the scan that points up; +y when left out.", null, Axes);

    public Option<Word<string?>> Front { get; } = TypedOptions.Word("--front", "Axis of the scan that points to the front; +z when left out.", null, Axes);

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Unit);
        command.Add(Up);
        command.Add(Front);
    }

    /// <summary>Reads the scan and tells on the error stream what was assumed and repaired.</summary>
    public Scan Read(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(File);
        var defaults = new ScanOptions();
        Scan scan = ScanReader.Read(path, new ScanOptions
        {
            Unit = parsed.GetValue(Unit),
            Up = parsed.GetValue(Up).Value ?? defaults.Up,
            Front = parsed.GetValue(Front).Value ?? defaults.Front,
        });
        foreach (string remark in scan.Remarks)
        {
            Console.Error.WriteLine($"{path}: {remark}");
        }

        return scan;
    }
}
