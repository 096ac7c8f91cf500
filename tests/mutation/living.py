"""The application as it lives in this process: its functions and its constants, watched or changed in place."""

import ast
import builtins
import gc
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from tests.mutation.mutants import ROOT, Function, Mutant, Place, beginning, code_of, tree_of

NOTED = "_noted_by_mutation"


class Living:
    """The functions of the application, by where they begin."""

    def __init__(self, paths: Iterable[Path]) -> None:
        for path in paths:
            module_of(path)
        inside = str(ROOT / "app")
        # What was there before the tests began is left out of searches for garbage, and would be out of this one.
        gc.unfreeze()
        self.functions: dict[Place, FunctionType] = {}
        for found in gc.get_objects():
            if isinstance(found, FunctionType) and found.__code__.co_filename.startswith(inside):
                code = found.__code__
                self.functions[Place(Path(code.co_filename), code.co_firstlineno, code.co_name)] = found

    def watch(self, places: Iterable[Place], note: Callable[[Place], None]) -> None:
        """Have each of these functions noted as it is entered."""
        numbered = list(places)
        setattr(builtins, NOTED, lambda number: note(numbered[number]))
        for number, place in enumerate(numbered):
            self.functions[place].__code__ = noting(place, number)

    def users_of(self, names: frozenset[str]) -> Iterator[Place]:
        """The functions that name one of these."""
        for place, function in self.functions.items():
            if names & set(named(function.__code__)):
                yield place

    def change(self, mutant: Mutant) -> None:
        """Take the check away, in this process."""
        changed = compile(mutant.applied(), str(mutant.path), "exec")
        if mutant.function:
            self.functions[mutant.function].__code__ = code_of(changed, mutant.function)
        else:
            rebind(mutant)


def noting(place: Place, number: int) -> CodeType:
    """The function's code, with a note at its beginning."""
    tree = ast.parse(place.path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, Function) and (beginning(node), node.name) == (place.line, place.name):
            note = ast.parse(f"{NOTED}({number})").body[0]
            node.body.insert(0, ast.fix_missing_locations(ast.copy_location(note, node.body[0])))
    return code_of(compile(tree, str(place.path), "exec"), place)


def named(code: CodeType) -> Iterator[str]:
    """Every name in the code, and in the code within it."""
    yield from code.co_names
    for found in code.co_consts:
        if isinstance(found, CodeType):
            yield from named(found)


def assigned(statement: ast.stmt) -> set[str]:
    """The names that a plain assignment binds; none for any other statement."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return set()
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}


def made_from(tree: ast.Module, line: int) -> tuple[list[ast.stmt], frozenset[str]]:
    """The assignment in that line and those after it that are made from it; the names of all."""
    statements, names = list[ast.stmt](), set[str]()
    for statement in tree.body:
        uses = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}
        if assigned(statement) and (statement.lineno == line or uses & names):
            statements.append(statement)
            names |= assigned(statement)
    return statements, frozenset(names)


def constants_of(mutant: Mutant) -> frozenset[str]:
    """The names of the module's constants that change with the mutant."""
    return made_from(tree_of(mutant.path), mutant.statement)[1]


def rebind(mutant: Mutant) -> None:
    """Make the module's constants anew, and put them wherever the old ones are."""
    module = module_of(mutant.path)
    statements, names = made_from(ast.parse(mutant.applied()), mutant.statement)
    before = {id(module.__dict__[name]): name for name in names if name in module.__dict__}
    exec(compile(ast.Module(statements, []), str(mutant.path), "exec"), module.__dict__)
    for other in list(sys.modules.values()):
        if other is not module and getattr(other, "__name__", "").startswith("app"):
            for name, value in list(vars(other).items()):
                if id(value) in before:
                    setattr(other, name, module.__dict__[before[id(value)]])


def module_of(path: Path) -> ModuleType:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return importlib.import_module(name.removesuffix(".__init__"))
