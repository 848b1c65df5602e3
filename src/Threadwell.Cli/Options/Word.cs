namespace Threadwell.Cli.Options;

/// <summary>A word of an option and what it means. It prints as the word, so that the help shows a default as the user would write it.</summary>
/// <param name="Text">The word.</param>
/// <param name="Value">What it means.</param>
internal readonly record struct Word<T>(string Text, T Value)
{
    public static implicit operator T(Word<T> word) => word.Value;

    public override string ToString() => Text;
}
