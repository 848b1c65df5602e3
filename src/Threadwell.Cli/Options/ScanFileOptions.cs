using System.CommandLine;
using Threadwell.Geometry;

namespace Threadwell.Cli.Options;

/// <summary>The option that names a scan, and those that say how its file is to be read.</summary>
internal sealed class ScanFileOptions
{
    private readonly ScanReadingOptions reading = new();

    public Option<string> File { get; } = TypedOptions.Path("--scan", "The scan: OBJ, PLY, STL or GLB.", required: true);

    public void AddTo(Command command)
    {
        command.Add(File);
        reading.AddTo(command);
    }

    /// <summary>Reads the scan and tells on the error stream what was assumed and repaired.</summary>
    public Scan Read(ParseResult parsed) => reading.Read(parsed, parsed.GetRequiredValue(File));
}
