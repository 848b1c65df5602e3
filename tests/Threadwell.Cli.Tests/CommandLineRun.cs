using System.Diagnostics;

namespace Threadwell.Cli.Tests;

/// <summary>One run of the built program as its own process.</summary>
internal sealed record CommandLineRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the program to its end.</summary>
    public static CommandLineRun Of(params string[] arguments) => ToEnd(Start(arguments));

    /// <summary>The same with a variable of the environment.</summary>
    public static CommandLineRun With(string variable, string value, params string[] arguments) => ToEnd(Start(arguments, (variable, value)));

    private static CommandLineRun ToEnd(Process started)
    {
        using Process process = started;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandLineRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts the program with both streams piped.</summary>
    public static Process Start(params string[] arguments) => Start(arguments, null);

    private static Process Start(string[] arguments, (string Name, string Value)? variable)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "threadwell.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (variable is { } given)
        {
            start.Environment[given.Name] = given.Value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Asserts that the input was refused with one clear line and nothing else.</summary>
    public void IsRefused(string because)
    {
        Assert.Equal(2, ExitCode);
        Assert.Equal("", Output);
        Assert.Equal(1, Error.Count(character => character == '\n'));
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        Assert.Contains(because, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }

    /// <summary>Asserts that the input was refused with one clear line after those that tell of progress.</summary>
    public void IsRefusedAtLast(string because)
    {
        Assert.Equal(2, ExitCode);
        Assert.Equal("", Output);
        Assert.Contains(because, Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}
