using System.Text.Json;
using Threadwell.Geometry;

namespace Threadwell.Mechanics.Decks;

/// <summary>Reads the tokens of a deck one by one, checking the type of each.</summary>
internal ref struct DeckInput
{
    private readonly string _source;
    private Utf8JsonReader _reader;

    public DeckInput(ReadOnlySpan<byte> bytes, string source)
    {
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 16 });
        _source = source;
    }

    public readonly InvalidInputException Error(string place, string problem) => new(_source, place.Length == 0 ? null : place, problem);

    public void Next() => _reader.Read();

    public readonly void Expect(JsonTokenType type, string place, string problem)
    {
        if (_reader.TokenType != type)
        {
            throw Error(place, problem);
        }
    }

    /// <summary>After the last token: refuses anything that follows.</summary>
    public void End() => _reader.Read();

    /// <summary>Name of the next property, or null at the end of the object; refuses a name seen before.</summary>
    public string? NextProperty(string place, HashSet<string> seen)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string name = Text(place);
        if (!seen.Add(name))
        {
            throw Error(place.Length == 0 ? name : $"{place}.{name}", "stands twice");
        }

        return name;
    }

    /// <summary>Moves to the next item of an array; false at its end.</summary>
    public bool NextItem()
    {
        _reader.Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public void StartArray(string place)
    {
        _reader.Read();
        Expect(JsonTokenType.StartArray, place, "must be an array");
    }

    public void StartObject(string place)
    {
        _reader.Read();
        ExpectObject(place);
    }

    public readonly void ExpectObject(string place) => Expect(JsonTokenType.StartObject, place, "must be an object");

    public readonly void ExpectArray(string place, int item)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Error($"{place}[{item}]", "must be an array");
        }
    }

    public string String(string place)
    {
        _reader.Read();
        Expect(JsonTokenType.String, place, "must be text");
        return Text(place);
    }

    public double Number(string place)
    {
        _reader.Read();
        return TryNumber(out double value) ? value : throw Error(place, "must be a finite number");
    }

    public int Index(string place)
    {
        _reader.Read();
        return TryIndex(out int index) ? index : throw Error(place, "must be a node number, zero or more");
    }

    public readonly int IndexHere(string place, int item) =>
        TryIndex(out int index) ? index : throw Error($"{place}[{item}]", "must be a node number, zero or more");

    public Vector3D Vector(string place)
    {
        _reader.Read();
        return VectorHere(place, -1);
    }

    public Vector3D VectorHere(string place, int item)
    {
        double x = 0, y = 0, z = 0;
        bool sound = _reader.TokenType == JsonTokenType.StartArray
            && _reader.Read() && TryNumber(out x) && _reader.Read() && TryNumber(out y) && _reader.Read() && TryNumber(out z)
            && _reader.Read() && _reader.TokenType == JsonTokenType.EndArray;
        return sound ? new Vector3D(x, y, z) : throw Error(item < 0 ? place : $"{place}[{item}]", "must be three finite numbers");
    }

    private readonly bool TryNumber(out double value)
    {
        value = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out value) && double.IsFinite(value);
    }

    private readonly bool TryIndex(out int index)
    {
        index = -1;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out index) && index >= 0;
    }

    private readonly string Text(string place)
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidInputException(_source, place.Length == 0 ? null : place, "holds text that is not valid UTF-8", e);
        }
    }
}
