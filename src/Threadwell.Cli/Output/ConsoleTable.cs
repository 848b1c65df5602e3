using Spectre.Console;

namespace Threadwell.Cli.Output;

/// <summary>Tables in the terminal: plain text, as wide as the terminal, or as given where the output goes to a file or another program.</summary>
internal static class ConsoleTable
{
    private const int NarrowestTerminal = 80;

    /// <summary>A table without columns yet.</summary>
    public static Table New(params string[] columns) => new Table { Border = TableBorder.Horizontal, Expand = false }.AddColumns(columns);

    /// <summary>Writes it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="widthInFile">Width where no terminal says how wide it is, characters.</param>
    public static void Write(Table table, int widthInFile)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = Console.IsOutputRedirected ? widthInFile : Math.Max(NarrowestTerminal, Console.WindowWidth);
        console.Write(table);
    }
}
