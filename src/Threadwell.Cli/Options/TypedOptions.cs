using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Threadwell.Cli.Options;

/// <summary>Options whose wrong values are answered with what would be right.</summary>
internal static class TypedOptions
{
    /// <summary>An option that takes one of some words.</summary>
    public static Option<T> Word<T>(string name, string description, params (string Word, T Value)[] words)
    {
        string known = string.Join('|', words.Select(word => word.Word));
        return new Option<T>(name)
        {
            Description = description,
            HelpName = known,
            CustomParser = result =>
            {
                string given = result.Tokens[0].Value;
                foreach ((string word, T value) in words)
                {
                    if (word.Equals(given, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                result.AddError($"{name}: '{given}' is not known; give {known}.");
                return default;
            },
        };
    }

    /// <summary>An option that takes a number within bounds.</summary>
    public static Option<double> Number(string name, string description, double low, double high, string unit) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result => Parse(result, name, low, high, unit, double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value), value),
    };

    /// <summary>An option that takes a whole number within bounds.</summary>
    public static Option<int> Whole(string name, string description, int low, int high) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => (int)Parse(result, name, low, high, "whole", int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value), value),
    };

    /// <summary>An option that takes a path.</summary>
    public static Option<string> Path(string name, string description, bool required, string helpName = "file") =>
        new(name) { Description = description, Required = required, HelpName = helpName };

    /// <summary>Gives an option its default.</summary>
    public static Option<T> Or<T>(this Option<T> option, T value)
    {
        option.DefaultValueFactory = _ => value;
        return option;
    }

    private static double Parse(ArgumentResult result, string name, double low, double high, string unit, bool read, double value)
    {
        if (read && value >= low && value <= high)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{result.Tokens[0].Value}' is not a number ({unit}) from {low} to {high}."));
        return default;
    }
}
