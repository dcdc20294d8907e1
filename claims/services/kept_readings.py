"""Readings from one comparison to the next: a new report is read, the others are not read again.

Every text's sentences, claims and vectors are kept beside its version, under a key of all that
they rest on (`KeptReading.key`). What cannot be unpacked is read anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from claims.engine.readings import Report
from claims.models import KeptReading
from claims.services.comparison_inputs import Inputs
from reader.models import Article

if TYPE_CHECKING:
    from claims.engine.compare import Read
    from claims.engine.single import Single
    from claims.engine.vectors import Encoded, Encoder


def read_each(inputs: Inputs) -> "dict[str, Single]":
    """What is read of each report, by its id: from the table where it is there, and put there.

    Loaded here: a web process defers jobs and never needs the engine's tables.
    """
    from claims.engine import actors, single
    from claims.engine.gazetteer import using

    keys = {report.id: single.key(report, inputs.settings) for report in inputs.reports}
    found = _kept(inputs, keys)
    fresh = [report for report in inputs.reports if report.id not in found]
    with using(actors.extended(inputs.settings.aliases)):
        read = {report.id: single.read(report) for report in fresh}
    _drop_replaced(inputs)
    _put(
        (
            KeptReading(
                story=inputs.story,
                version_id=inputs.versions[name].pk,
                key=keys[name],
                body=single.pack(one),
                vectors_key="",
                vectors=b"",
            )
            for name, one in read.items()
        ),
        "key",
        "body",
        "vectors_key",
        "vectors",
    )
    return {**found, **read}


def _kept(inputs: Inputs, keys: Mapping[str, str]) -> "dict[str, Single]":
    from claims.engine import packing, single

    reports = {inputs.versions[report.id].pk: report for report in inputs.reports}
    rows = KeptReading.objects.filter(version__in=reports).values_list("version", "key", "body")
    found = {}
    for version, key, body in rows:
        report = reports[version]
        if key == keys[report.id]:
            try:
                found[report.id] = single.unpack(bytes(body), report)
            except packing.UnreadableError:
                continue
    return found


def _drop_replaced(inputs: Inputs) -> None:
    """Forget the texts that are no longer shown: corrected ones, and those of hidden reports."""
    kept = KeptReading.objects.filter(story=inputs.story)
    current = Article.objects.live().filter(story=inputs.story, current_version__isnull=False)
    kept.exclude(version__in=current.values("current_version")).delete()


def encoder_for(found: "Read", inputs: Inputs, model: "Encoder | None") -> "Encoder | None":
    """The model with the vectors of the story's sentences at hand; those not kept are put there."""
    from claims.engine import kept_vectors, single

    if model is None:
        return None
    texts = {name: kept_vectors.texts_of(document) for name, document in found.documents.items()}
    keys = {
        report.id: _vectors_key(single.key(report, inputs.settings), model)
        for report in inputs.reports
    }
    vectors = _kept_vectors(inputs, keys, texts)
    missing = sorted({text for name in texts if name not in vectors for text in texts[name]})
    fresh = dict(zip(missing, model.encode(missing), strict=True)) if missing else {}
    packed = {
        name: kept_vectors.pack([fresh[text] for text in own])
        for name, own in texts.items()
        if name not in vectors
    }
    _put_vectors(inputs, keys, packed)
    for name, body in packed.items():
        vectors[name] = kept_vectors.unpack(body, len(texts[name]))
    known = {
        text: vector
        for name in sorted(vectors)
        for text, vector in zip(texts[name], vectors[name], strict=True)
    }
    return kept_vectors.Known(model, known)


def _vectors_key(key: str, model: "Encoder") -> str:
    return hashlib.sha256(f"{key}\x1f{model.name}".encode()).hexdigest()


def _kept_vectors(
    inputs: Inputs, keys: Mapping[str, str], texts: Mapping[str, list[str]]
) -> "dict[str, list[Encoded]]":
    from claims.engine import kept_vectors, packing

    reports: dict[int, Report] = {inputs.versions[one.id].pk: one for one in inputs.reports}
    rows = KeptReading.objects.filter(version__in=reports, vectors_key__in=keys.values())
    found = {}
    for version, key, body in rows.values_list("version", "vectors_key", "vectors"):
        name = reports[version].id
        if key == keys[name]:
            try:
                found[name] = kept_vectors.unpack(bytes(body), len(texts[name]))
            except packing.UnreadableError:
                continue
    return found


def _put_vectors(inputs: Inputs, keys: Mapping[str, str], packed: Mapping[str, bytes]) -> None:
    """Beside what was read of each text; where that has gone meanwhile they go nowhere."""
    for name, body in sorted(packed.items()):
        KeptReading.objects.filter(version=inputs.versions[name].pk).update(
            vectors_key=keys[name], vectors=body
        )


def _put(rows: Iterable[KeptReading], *columns: str) -> None:
    KeptReading.objects.bulk_create(
        list(rows), update_conflicts=True, unique_fields=["version"], update_fields=list(columns)
    )
