using System.CommandLine;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Mechanics.Decks;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell solve DECK.json --out RESULT.json</c>: the equilibrium of a deck, for comparison with other codes.</summary>
internal sealed class SolveCommand : Command
{
    public SolveCommand()
        : base("solve", "Finds the equilibrium of a mesh with loads and supports, a deck, and writes its displacements.")
    {
        var deck = new Argument<string>("deck") { Description = "The deck, JSON." };
        Option<string> output = TypedOptions.Path("--out", "The answer, JSON.", required: true);
        Add(deck);
        Add(output);
        SetAction(parsed =>
        {
            string answer = parsed.GetRequiredValue(output);
            if (Directory.Exists(answer) || Path.EndsInDirectorySeparator(answer))
            {
                throw new InvalidInputException(answer, null, "this is a folder; name a file.");
            }

            using var folder = new OutputFolder(Path.GetDirectoryName(Path.GetFullPath(answer))!);
            SolveDeck.Run(parsed.GetRequiredValue(deck), folder.PathOf(Path.GetFileName(answer)), Console.Error.WriteLine);
            folder.Commit();
            Console.Out.WriteLine(answer);
        });
    }
}
