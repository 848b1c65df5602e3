using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Threadwell.Cli.Options;

/// <summary>Options whose wrong values are answered with what would be right.</summary>
internal static class TypedOptions
{
    /// <summary>An option that takes one of some words.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="otherwise">The word that holds when it is left out; null for none.</param>
    /// <param name="words">The words and what they mean.</param>
    public static Option<Word<T>> Word<T>(string name, string description, string? otherwise, params (string Text, T Value)[] words)
    {
        string known = string.Join('|', words.Select(word => word.Text));
        var option = new Option<Word<T>>(name)
        {
            Description = description,
            HelpName = known,
            CustomParser = result =>
            {
                string given = result.Tokens[0].Value;
                foreach ((string text, T value) in words)
                {
                    if (text.Equals(given, StringComparison.OrdinalIgnoreCase))
                    {
                        return new Word<T>(text, value);
                    }
                }

                result.AddError($"{name}: '{given}' is not known; give {known}.");
                return default;
            },
        };
        if (otherwise is not null)
        {
            (string text, T value) = words.Single(word => word.Text == otherwise);
            option.Or(new Word<T>(text, value));
        }

        return option;
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
