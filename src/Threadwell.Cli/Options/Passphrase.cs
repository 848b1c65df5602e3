using System.Text;
using Threadwell.Geometry;

namespace Threadwell.Cli.Options;

/// <summary>The passphrase of a backup: never an option, which a list of processes and a shell's history would show.</summary>
internal static class Passphrase
{
    private const string Variable = "THREADWELL_PASSPHRASE";

    /// <summary>Takes it from the environment, or asks for it on the terminal without showing it.</summary>
    /// <param name="repeat">Whether to ask twice, because it is new.</param>
    /// <exception cref="InvalidInputException">There is none, or the two differ.</exception>
    public static string Read(bool repeat)
    {
        string? given = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given))
        {
            return given;
        }

        if (Console.IsInputRedirected)
        {
            throw new InvalidInputException("passphrase", null, $"there is no terminal to ask for it; give it in the environment variable {Variable}.");
        }

        string first = Ask("Passphrase of the backup: ");
        return !repeat || Ask("Once more: ") == first ? first : throw new InvalidInputException("passphrase", null, "the two are not the same; nothing was written.");
    }

    private static string Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
